import { realpath } from 'node:fs/promises';
import type { GuestFile, HostFile } from './cell.ts';
import { loadLibrary } from './library.ts';
import { renderProblem } from './render-problem.ts';
import { SourceFiles } from './source-files.ts';
import { suggestion } from './suggestion.ts';

/** A host or a guest that was named and is not there, or whose file is wrong. */
export class UnknownReference extends Error {
  override readonly name = 'UnknownReference';
}

/**
 * Loads one host file and one guest file by their names.
 *
 * @throws UnknownReference
 */
export async function loadHostAndGuest(
  root: string,
  host: string,
  guest: string,
): Promise<{ readonly host: HostFile; readonly guest: GuestFile }> {
  const files = new SourceFiles(await realpath(root));
  const library = await loadLibrary(files);
  const [problem] = files.problems;
  if (problem !== undefined)
    throw new UnknownReference(renderProblem(problem, files.texts.get(problem.file)));
  return { host: find('hosts', library.hosts, host), guest: find('guests', library.guests, guest) };
}

function find<T>(folder: string, known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name);
  if (found !== undefined) return found;
  const hint = suggestion(name, known.keys()) ?? `there are: ${[...known.keys()].join(', ')}`;
  throw new UnknownReference(`no scenarios/${folder}/${name}.yaml; ${hint}`);
}
