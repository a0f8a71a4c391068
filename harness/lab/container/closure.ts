import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DebianPackage } from '../../guest/image/packages.ts';
import { run } from '../../wire/shell.ts';

/** A package of one version, by its file: `socat_1.7.4.4-2_amd64.deb`. */
export type PackageFile = Pick<DebianPackage, 'file'>;

const LIMIT = { env: { LC_ALL: 'C' }, timeout: 120 };

/**
 * Debian packages and all that they depend on, by this machine's apt lists: what apt would bring where nothing is
 * installed. Installs nothing; needs no root and no network.
 *
 * @param wanted names or patterns, as apt-get takes them
 * @returns in alphabetical order
 * @throws CommandFailed
 */
export async function closure(
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<readonly PackageFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-closure-'));
  try {
    const nothing = join(folder, 'status');
    await writeFile(nothing, '');
    // What lies in apt's own cache would not be named.
    const blank = [
      `Dir::State::status=${nothing}`,
      `Dir::Cache::archives=${folder}`,
      'Debug::NoLocking=true',
    ];
    const apt = ['apt-get', '-q', '--no-install-recommends', ...blank.flatMap((each) => ['-o', each])];
    const { stdout } = await run([...apt, '--print-uris', 'install', '--', ...wanted], { ...LIMIT, signal });
    const files = [...stdout.matchAll(/^'[^']*' ([\w.+%~-]+\.deb) \d+ /gm)].map(([, file = '']) => file);
    return files.sort().map((file) => ({ file }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
