import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const HOUR = 3600_000;
const KEPT = 2;
const KEPT_FOR = 7 * 24 * HOUR;
/** A build takes minutes at most: what is older than this was left behind. */
const LEFT_BEHIND = 6 * HOUR;

/**
 * Makes directory `path` whole or not at all: `fill` works in a new directory beside it, which then takes its name.
 * Where another process was faster, its directory stays and ours goes. Nothing is left if `fill` throws.
 */
export async function createWhole(path: string, fill: (dir: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const dir = await mkdtemp(join(dirname(path), '.building-'));
  try {
    await fill(dir);
    await rename(dir, path);
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    if (!taken(error)) throw error;
  }
}

function taken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

/** Finished directories of `parent`, the most recently used first. */
export async function finished(
  parent: string,
): Promise<readonly { readonly path: string; readonly used: number }[]> {
  const names = await readdir(parent).catch(() => []);
  const dirs = await Promise.all(
    names.filter((name) => /^[0-9a-f]{16}$/.test(name)).map((name) => used(join(parent, name))),
  );
  return dirs.sort((a, b) => b.used - a.used);
}

async function used(path: string): Promise<{ readonly path: string; readonly used: number }> {
  const facts = await stat(path).catch(() => null);
  return { path, used: facts?.mtimeMs ?? 0 };
}

/**
 * Removes from `parent` what nobody has used for a week, but for the two used last, and what interrupted builds left
 * behind. Never anything that this store has not made.
 */
export async function prune(parent: string, now: number): Promise<void> {
  const old = (await finished(parent)).slice(KEPT).filter((dir) => now - dir.used > KEPT_FOR);
  const names = await readdir(parent).catch(() => []);
  const building = await Promise.all(
    names.filter((name) => /^\.(building|removing)-/.test(name)).map((name) => used(join(parent, name))),
  );
  const abandoned = building.filter((dir) => now - dir.used > LEFT_BEHIND);
  for (const { path } of [...old, ...abandoned]) await discard(path);
}

/** Removes a directory if it is there. It loses its name first: a directory that has its name is always whole. */
export async function discard(path: string): Promise<void> {
  if ((await stat(path).catch(() => null)) === null) return;
  const doomed = await mkdtemp(join(dirname(path), '.removing-'));
  await rename(path, join(doomed, 'it')).catch(() => undefined);
  await rm(doomed, { recursive: true, force: true });
}
