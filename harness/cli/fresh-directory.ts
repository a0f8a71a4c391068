import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { processStart } from '../wire/process-start.ts';

/** Stands in each directory that is made here, and in no other: only such a one is replaced. */
const MARK = '.made-by-code43';
const MARK_TEXT = 'code43 replaces this directory as a whole: keep nothing of your own in it.\n';

/** How often another process may finish at the same moment before this one gives up. */
const SWAPS = 10;

/** Writes one file, by its path below the directory. */
export type WriteFile = (path: string, content: string) => Promise<void>;

/** Something stands in the way that this tool did not make. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';

  constructor(path: string) {
    super(
      `${path} was not made by code43 and is not replaced. Give an empty or a new directory, or move this one away.`,
    );
  }
}

/**
 * Replaces a directory by what `fill` writes: built beside it and swapped at the end, so that a reader never sees half
 * of it, and the old one stays where `fill` fails. Drafts of processes that were killed are removed.
 *
 * @throws NotOurs when the target holds something else; whatever `fill` throws; errors of the file system
 */
export async function replaceDirectory<T>(
  target: string,
  fill: (write: WriteFile) => Promise<T>,
): Promise<T> {
  const whole = resolve(target);
  await refuseOthers(whole);
  await removeDrafts(whole);
  const [draft, old] = [`${whole}.code43-${process.pid}.new`, `${whole}.code43-${process.pid}.old`];
  try {
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, MARK), MARK_TEXT);
    const filled = await fill(async (path, content) => {
      const file = join(draft, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    });
    await swap(draft, whole, old);
    return filled;
  } finally {
    for (const left of [draft, old]) await rm(left, { recursive: true, force: true });
  }
}

/** Puts `draft` in the place of `whole`. Where two do so at once, the one that finishes last stays. */
async function swap(draft: string, whole: string, old: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await rename(whole, old).catch(unless('ENOENT'));
    try {
      await rename(draft, whole);
      return;
    } catch (error) {
      // Another process put its own there since: rename(2) replaces no directory that holds something.
      const taken = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error));
      if (!taken) await rename(old, whole).catch(unless('ENOENT'));
      if (!taken || tries >= SWAPS) throw error;
      await rm(old, { recursive: true, force: true });
    }
  }
}

async function refuseOthers(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown): readonly string[] => {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOTDIR') throw new NotOurs(target);
    throw error;
  });
  if (names.length > 0 && !names.includes(MARK)) throw new NotOurs(target);
}

async function removeDrafts(target: string): Promise<void> {
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(`${basename(target)}.`)
      ? /\.code43-(\d+)\.(?:new|old)$/.exec(name)?.[1]
      : undefined;
    if (pid !== undefined && processStart(Number(pid)) === null)
      await rm(join(dirname(target), name), { recursive: true });
  }
}

/** Lets one error pass: the others are thrown on. */
function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
