import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod/mini';
import { writeAtomically } from '../wire/atomic-file.ts';
import { processStart } from '../wire/process-start.ts';

/** What is kept, for those who look for it. */
const Placard = z.strictObject({
  run: z.string(),
  cell: z.string(),
  /** ISO 8601, UTC. */
  until: z.string(),
});
export type Placard = z.infer<typeof Placard>;

/** Where one kept VM can be reached: a directory that its owner alone can enter. */
export interface Place {
  readonly directory: string;
  readonly socket: string;
}

/** Others could have put something there, or could get in. */
export class PlaceNotPrivate extends Error {
  override readonly name = 'PlaceNotPrivate';

  constructor(directory: string) {
    super(
      `${directory} must be a directory of yours that nobody else can enter (mode 0700): remove or mend it`,
    );
  }
}

/**
 * Where this user's places are: below `$XDG_RUNTIME_DIR`, else in the folder for temporary files. Short, since the
 * path of a socket has 107 bytes at most (unix(7)); that rules out the run's own directory.
 */
export function placesDir(env: NodeJS.ProcessEnv = process.env): string {
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime !== undefined && isAbsolute(runtime)) return join(runtime, 'code43-console');
  return join(tmpdir(), `code43-console-${process.getuid?.() ?? 'user'}`);
}

/**
 * Makes a place, after what dead processes left behind is gone.
 *
 * @throws PlaceNotPrivate
 */
export async function makePlace(placard: Placard, base = placesDir()): Promise<Place> {
  await mkdir(base, { recursive: true, mode: 0o700 });
  await requirePrivate(base);
  await sweep(base);
  // Its owner, so that a place can be told to be abandoned before anything is in it.
  const name = `${process.pid}-${processStart(process.pid)}-${randomBytes(4).toString('hex')}`;
  const directory = join(base, name);
  await mkdir(directory, { mode: 0o700 });
  await writeAtomically(join(directory, 'kept.json'), JSON.stringify(placard));
  return { directory, socket: join(directory, 'socket') };
}

/**
 * All places of processes that live. What dead ones left behind is removed.
 *
 * @throws PlaceNotPrivate
 */
export async function findPlaces(
  base = placesDir(),
): Promise<readonly (Place & { readonly placard: Placard })[]> {
  if ((await lstat(base).catch(() => null)) === null) return [];
  await requirePrivate(base);
  await sweep(base);
  const found = await Promise.all((await readdir(base)).sort().map((name) => readPlace(join(base, name))));
  return found.filter((place) => place !== null);
}

async function readPlace(directory: string): Promise<(Place & { placard: Placard }) | null> {
  try {
    const placard = Placard.parse(JSON.parse(await readFile(join(directory, 'kept.json'), 'utf8')));
    return { directory, socket: join(directory, 'socket'), placard };
  } catch {
    // Just being made, or just being removed.
    return null;
  }
}

async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const [, pid, start] = /^(\d+)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
    if (pid === undefined || processStart(Number(pid)) === start) continue;
    await rm(join(base, name), { recursive: true, force: true });
  }
}

async function requirePrivate(directory: string): Promise<void> {
  const facts = await lstat(directory);
  const mine = process.getuid === undefined || facts.uid === process.getuid();
  if (!facts.isDirectory() || !mine || (facts.mode & 0o077) !== 0) throw new PlaceNotPrivate(directory);
}
