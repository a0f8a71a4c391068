import { realpath } from 'node:fs/promises';
import { loadLibrary } from '../scenario/library.ts';
import { SourceFiles } from '../scenario/source-files.ts';

/**
 * The ids of the hosts in `scenarios/hosts` by their names, which is what a trace says of its host. A file that cannot
 * be read has none: `check` is what tells of it.
 */
export async function hostIds(root: string): Promise<ReadonlyMap<string, string>> {
  const { hosts } = await loadLibrary(new SourceFiles(await realpath(root)), null);
  return new Map([...hosts.values()].map(({ name, id }) => [name, id]));
}
