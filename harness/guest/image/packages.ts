import { run } from '../../wire/shell.ts';
import { GuestBuildFailed } from './build-failed.ts';

/** One Debian package as apt would download it. */
export interface DebianPackage {
  /** `libglib2.0-0t64_2.84.4-3_amd64.deb` */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits, from the signed package lists. */
  readonly sha256: string;
}

const AGENT = 'qemu-guest-agent';
const SHELL = 'busybox-static';
/** Depends on the newest kernel for virtual machines. */
const KERNEL = 'linux-image-cloud-amd64';

const ENV = { LC_ALL: 'C' };

/**
 * Which packages a guest is made of, by this machine's apt lists: the agent, a shell, a kernel, and the libraries that
 * the agent needs, all the way down. Nothing is installed; needs no root and no network.
 *
 * @throws GuestBuildFailed
 */
export async function resolvePackages(signal: AbortSignal): Promise<readonly DebianPackage[]> {
  try {
    const direct = await dependencies(['--important', AGENT, KERNEL], signal);
    const libraries = direct.filter((name) => name.startsWith('lib'));
    const kernels = direct.filter((name) => /^linux-image-\d/.test(name));
    if (libraries.length === 0 || kernels.length === 0)
      throw new GuestBuildFailed(`apt-cache names no libraries for ${AGENT} or no kernel for ${KERNEL}`);
    const closure = await dependencies(['--important', '--recurse', ...libraries], signal);
    return await locate([AGENT, SHELL, ...kernels, ...libraries, ...closure], signal);
  } catch (error) {
    throw GuestBuildFailed.from('looking up the packages of the guest images', error);
  }
}

/**
 * Downloads the packages into `dir`. apt checks each one against the signed lists.
 *
 * @throws GuestBuildFailed
 */
export async function downloadPackages(
  packages: readonly Pick<DebianPackage, 'file'>[],
  dir: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    // As root apt would download as user _apt, who may not write here.
    const apt = ['apt-get', '-o', 'APT::Sandbox::User=root', '-q', 'download'];
    const names = packages.map(({ file }) => nameAndVersion(file));
    await run([...apt, ...names], { cwd: dir, signal, env: ENV, timeout: 1200 });
  } catch (error) {
    throw GuestBuildFailed.from('downloading the packages of the guest images', error);
  }
}

/** What `apt-cache depends` names as needed; virtual packages, which it puts in <>, are left out. */
async function dependencies(args: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const { stdout } = await run(['apt-cache', 'depends', ...args], { signal, env: ENV, timeout: 120 });
  return [...stdout.matchAll(/^ [ |](?:Pre)?Depends: ([\w.+-]+)$/gm)].map(([, name]) => name ?? '');
}

async function locate(names: readonly string[], signal: AbortSignal): Promise<readonly DebianPackage[]> {
  const { stdout } = await run(['apt-get', '-q', '--print-uris', 'download', ...new Set(names)], {
    signal,
    env: ENV,
    timeout: 120,
  });
  const lines = [...stdout.matchAll(/^'[^']*' ([\w.+%~-]+\.deb) (\d+) SHA256:([0-9a-f]{64})$/gm)];
  const packages = lines.map(([, file = '', size = '', sha256 = '']) => ({
    file,
    size: Number(size),
    sha256,
  }));
  if (packages.length < new Set(names).size)
    throw new GuestBuildFailed(`apt names no download with a SHA256 for some of ${names.join(' ')}`);
  return packages.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** `busybox-static_1%3a1.35.0-4_amd64.deb` is `busybox-static=1:1.35.0-4` to apt. */
function nameAndVersion(file: string): string {
  const [name = '', version = ''] = file.split('_');
  return `${name}=${decodeURIComponent(version)}`;
}
