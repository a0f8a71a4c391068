import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type PlannedFile, stateOf } from '../../init/planned-file.ts';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { FileNotReplaced, replaceFile } from '../config/replace-file.ts';

/** The owner's file says how to get in. */
const PRIVATE = 0o600;

/**
 * Writes a planned file where it differs; others see the old or the new one, whole.
 *
 * @throws FileNotReplaced it changed, or came to be, since it was read
 */
export async function writePlanned(file: PlannedFile): Promise<void> {
  const { role, path, before, after } = file;
  const state = stateOf(file);
  if (state === 'same' || state === 'kept') return;
  const mode = role === 'owner' ? PRIVATE : undefined;
  if (before !== null) await replaceFile(path, before, after);
  else {
    if (await isThere(path))
      throw new FileNotReplaced(`${path} came to be meanwhile; nothing was written to it. Try again.`);
    if (mode !== undefined) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeAtomically(path, after, mode === undefined ? {} : { mode });
  }
  if (mode !== undefined) await chmod(path, mode);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
