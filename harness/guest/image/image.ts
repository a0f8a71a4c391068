import { createHash } from 'node:crypto';
import { copyFile, link, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import { cacheDir } from '../../wire/cache-dir.ts';
import { withLock } from '../../wire/lock.ts';
import { GuestBuildFailed } from './build-failed.ts';
import { initrd } from './initrd.ts';
import { resolvePackages } from './packages.ts';
import { makeParts, MODULES } from './parts.ts';
import { APPEND, GUEST_IMAGES, type GuestImageName, isGuestImage, RECIPES } from './recipes.ts';
import { createWhole, discard, finished, prune } from './store.ts';

/** A guest that QEMU can start directly: `-kernel`, `-initrd`, `-append`. */
export interface GuestImage {
  readonly name: string;
  /** Paths. */
  readonly kernel: string;
  /** The kernel as Debian packs it, which UEFI firmware can start; the same as `kernel` where that is packed, too. */
  readonly packedKernel: string;
  readonly initrd: string;
  readonly append: string;
  /** SHA-256 over both kernels, initrd and command line: the same guest has the same digest on every machine. */
  readonly digest: string;
}

export interface BuildOptions {
  /** Default: `cacheDir()` of wire/cache-dir. */
  readonly cacheDir?: string;
  /** Told what is being done, a line at a time. */
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Counts changes to how images are put together, beyond what the recipes and the list of modules say. */
const BUILDER = 2;
const DAY = 24 * 3600_000;
/** Seconds in which another process's build must have ended: it downloads some hundred megabytes at most. */
const BUILDS_WITHIN = 1800;

const ImageFile = z.object({
  sources: z.string(),
  append: z.string(),
  digest: z.string(),
  initrdBytes: z.int(),
  kernelBytes: z.int(),
  packedBytes: z.int(),
});

function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest('hex');
}

/** How the parts are taken out of packages: the first half of the name of their directory. */
const PARTS = sha256(JSON.stringify([BUILDER, MODULES])).slice(0, 8);

/** Digest of what this version of the harness puts into the image, whatever Debian's packages are. */
function sourcesOf(name: GuestImageName): string {
  return sha256(JSON.stringify([PARTS, APPEND, RECIPES[name]]));
}

/**
 * The image `name` as this version of the harness builds it, if it is in the cache; the last used where there are
 * several. Looks at the disk only.
 */
export async function findImage(name: string, cache = cacheDir()): Promise<GuestImage | null> {
  if (!isGuestImage(name)) return null;
  for (const { path } of await finished(join(cache, 'guests', name))) {
    const image = await readImage(name, path);
    if (image !== null) return image;
  }
  return null;
}

async function readImage(name: GuestImageName, dir: string): Promise<GuestImage | null> {
  try {
    const facts = ImageFile.parse(JSON.parse(await readFile(join(dir, 'image.json'), 'utf8')));
    const [kernel, packedKernel, initrd] = [join(dir, 'kernel'), join(dir, 'vmlinuz'), join(dir, 'initrd')];
    const sizes = await Promise.all(
      [kernel, packedKernel, initrd].map(async (path) => (await stat(path)).size),
    );
    const whole = sizes.join() === [facts.kernelBytes, facts.packedBytes, facts.initrdBytes].join();
    if (!whole || facts.sources !== sourcesOf(name)) return null;
    return { name, kernel, packedKernel, initrd, append: facts.append, digest: facts.digest };
  } catch {
    return null;
  }
}

/**
 * Gives the image `name`, building it if it is not in the cache. Packages are looked up only when it has to be built:
 * an image stays as it is until the harness's own sources change or the cache is emptied.
 * Of two builds at the same time the second waits for the first, and an interrupted one leaves nothing that looks finished.
 *
 * @param name one of `GUEST_IMAGES`
 * @throws GuestBuildFailed and says what to do; on an abort what the aborted command threw
 */
export async function ensureImage(name: string, options: BuildOptions): Promise<GuestImage> {
  if (!isGuestImage(name))
    throw new GuestBuildFailed(
      `there is no guest image ${JSON.stringify(name)}, only ${GUEST_IMAGES.join(', ')}`,
    );
  const cache = options.cacheDir ?? cacheDir();
  const found = await findImage(name, cache);
  if (found !== null) {
    await touch(join(found.kernel, '..'));
    return found;
  }
  const store = join(cache, 'guests');
  const lock = {
    purpose: 'builds guest images',
    wait: BUILDS_WITHIN,
    signal: options.signal,
    onWait: (holder: string) => {
      options.progress(`${name}: waiting, for ${holder}`);
    },
  };
  try {
    return await withLock(join(store, 'build.lock'), lock, async () => {
      // Whoever was waited for may have built it.
      return (await findImage(name, cache)) ?? (await build(name, store, options));
    });
  } catch (error) {
    throw GuestBuildFailed.from(`building guest image ${name} in ${store}`, error);
  }
}

async function build(name: GuestImageName, store: string, options: BuildOptions): Promise<GuestImage> {
  const { parts, key } = await ensureParts(store, options);
  const dir = join(store, name, sha256(sourcesOf(name), key).slice(0, 16));
  options.progress(`${name}: putting the image together`);
  // Whatever has the name but cannot be read is damaged: a build is whole before it gets its name.
  if ((await readImage(name, dir)) === null) await discard(dir);
  await createWhole(dir, (building) => assemble(name, parts, building));
  const built = await readImage(name, dir);
  if (built === null) throw new GuestBuildFailed(`the image built in ${dir} cannot be read back`);
  await prune(join(store, name), Date.now());
  return built;
}

/** Parts made within the last day are used as they are: the two images are built from the same packages. */
async function ensureParts(store: string, options: BuildOptions): Promise<{ parts: string; key: string }> {
  const all = join(store, 'parts');
  const newest = (await finished(all)).find(({ path }) => basename(path).startsWith(PARTS));
  if (newest !== undefined && Date.now() - newest.used < DAY)
    return { parts: newest.path, key: basename(newest.path) };
  options.progress('looking up Debian packages');
  const packages = await resolvePackages(options.signal);
  const key = `${PARTS}${sha256(JSON.stringify(packages)).slice(0, 8)}`;
  const parts = join(all, key);
  const there = await stat(parts).catch(() => null);
  if (there === null) await createWhole(parts, (dir) => makeParts({ ...options, packages, dir }));
  await touch(parts);
  await prune(all, Date.now());
  return { parts, key };
}

async function assemble(name: GuestImageName, parts: string, dir: string): Promise<void> {
  const unpacked = await initrd(parts, RECIPES[name]);
  await writeFile(join(dir, 'initrd'), unpacked);
  const kernel = await shared(parts, 'kernel', dir);
  const packed = await shared(parts, 'vmlinuz', dir);
  const facts: z.infer<typeof ImageFile> = {
    sources: sourcesOf(name),
    append: APPEND,
    digest: sha256(kernel, packed, unpacked, APPEND),
    initrdBytes: unpacked.length,
    kernelBytes: kernel.length,
    packedBytes: packed.length,
  };
  await writeFile(join(dir, 'image.json'), `${JSON.stringify(facts, null, 2)}\n`);
}

/** The images share a file where the file system can. Gives its bytes. */
async function shared(parts: string, name: string, dir: string): Promise<Uint8Array> {
  const [from, to] = [join(parts, name), join(dir, name)];
  await link(from, to).catch(() => copyFile(from, to));
  return readFile(from);
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
