import path from 'node:path';
import type * as z from 'zod';
import { guestConfigProblems } from '../vmconfig/guest-config.ts';
import { parseVmConfig } from '../vmconfig/parse.ts';
import type { CellRom, GuestFile, HostFile } from './cell.ts';
import { ProblemList } from './problem-list.ts';
import type { SourceProblem } from './problem.ts';
import { loadOwner, type Owners } from './owner.ts';
import { loadRoms } from './roms.ts';
import { GuestSchema, HostSchema } from './schema.ts';
import type { LoadedFile, SourceFiles } from './source-files.ts';
import { yamlFilesBelow } from './yaml-files.ts';

/** What scenarios refer to, by the name they use. */
export interface Library {
  readonly hosts: ReadonlyMap<string, HostFile>;
  readonly guests: ReadonlyMap<string, GuestFile>;
  /** Holds `none` too. */
  readonly roms: ReadonlyMap<string, CellRom>;
  readonly owners: Owners;
}

/**
 * Loads `scenarios/hosts`, `scenarios/guests` and `roms`; problems go to `files`.
 *
 * @param owner the owner's own file; null: nothing is allowed beyond what every scenario may
 */
export async function loadLibrary(files: SourceFiles, owner: string | null = null): Promise<Library> {
  const hosts = await loadFolder('hosts', files, async (file) => {
    const loaded = await files.load(file, HostSchema, ([first]) => first === 'facts');
    return loaded?.value ?? null;
  });
  const guests = await loadFolder('guests', files, async (file) => {
    const loaded = await files.load(file, GuestSchema);
    if (loaded === null) return null;
    files.problems.push(...guestProblems(loaded));
    return loaded.value;
  });
  return { hosts, guests, roms: await loadRoms(files), owners: await loadOwner(owner, files) };
}

async function loadFolder<T>(
  folder: 'hosts' | 'guests',
  files: SourceFiles,
  load: (file: string) => Promise<T | null>,
): Promise<ReadonlyMap<string, T & { readonly id: string }>> {
  const loaded = new Map<string, T & { readonly id: string }>();
  const seen = new Map<string, string>();
  for (const file of await yamlFilesBelow(path.join(files.root, 'scenarios', folder))) {
    const { name: id } = path.parse(file);
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      files.problems.push(duplicateId(files.nameOf(file), id, files.nameOf(earlier)));
      continue;
    }
    seen.set(id, file);
    const value = await load(file);
    if (value !== null) loaded.set(id, { id, ...value });
  }
  return loaded;
}

/** What is wrong in a guest's own part of the VM config, where it stands. */
function guestProblems({
  value,
  document,
}: LoadedFile<z.output<typeof GuestSchema>>): readonly SourceProblem[] {
  if (value.config === undefined) return [];
  const problems = new ProblemList(document);
  for (const { line, column, message, hint } of guestConfigProblems(parseVmConfig(value.config)))
    problems.place(document.atText(['config'], line, column), message, hint);
  return problems.all;
}

/** Two files that give the same name to different things. */
export function duplicateId(file: string, id: string, earlier: string): SourceProblem {
  return {
    file,
    line: 1,
    column: 1,
    message: `the id "${id}" is taken by ${earlier}`,
    hint: 'rename one of the files',
  };
}
