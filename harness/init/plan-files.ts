import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SysfsDevice } from '../collect/sysfs-devices.ts';
import type { GuestFile } from '../scenario/cell.ts';
import type { Library } from '../scenario/library.ts';
import { type OwnerWish, withHostEntry } from '../scenario/owner-edit.ts';
import { yamlFilesBelow } from '../scenario/yaml-files.ts';
import { firstScenario } from './first-scenario.ts';
import { type HostFacts, hostFileText, withHostFacts } from './host-file.ts';
import type { PlannedFile } from './planned-file.ts';
import type { SeenVm } from './seen-node.ts';

export interface FilesAsked {
  /** Folder that holds `scenarios/` and `roms/`. */
  readonly root: string;
  readonly ownerFile: string;
  readonly library: Library;
  readonly host: string;
  readonly facts: HostFacts;
  readonly wish: OwnerWish;
  readonly igpu: Pick<SysfsDevice, 'id' | 'address'>;
  readonly qemu: string | null;
  /** ROMs of `roms/` that name the iGPU, best first. */
  readonly roms: readonly string[];
  /** What the first scenario boots; null: none is written. */
  readonly boots: { readonly guest: GuestFile; readonly vm: SeenVm } | null;
}

/** Id of the scenario that is written for a host. */
export function firstScenarioId(host: string): string {
  return `${host}/first`;
}

/**
 * The files of a host as they are to be: what of the old ones says the same stays as it is.
 *
 * @throws YamlNotEdited one of them has a form that cannot be edited
 */
export async function planFiles(asked: FilesAsked): Promise<readonly PlannedFile[]> {
  const { root, host, boots } = asked;
  const files = [await hostFile(asked), await ownerFile(asked)];
  if (boots === null) return files;
  const place = path.join(root, 'scenarios', `${firstScenarioId(host)}.yaml`);
  const { guest, vm } = boots;
  const { facts, igpu, qemu, roms } = asked;
  const about = { id: host, cpu: facts.cpu ?? igpu.id, codename: facts.codename };
  const after = firstScenario({ host: about, guest, vm, igpu, qemu, roms });
  return [...files, { role: 'scenario', path: place, before: await textAt(place), after }];
}

async function hostFile({ root, library, host, facts }: FilesAsked): Promise<PlannedFile> {
  const folder = path.join(root, 'scenarios', 'hosts');
  const there = library.hosts.get(host);
  const found = (await yamlFilesBelow(folder)).find((file) => path.parse(file).name === host);
  if (there === undefined || found === undefined) {
    return {
      role: 'host',
      path: path.join(folder, `${host}.yaml`),
      before: null,
      after: hostFileText(facts),
    };
  }
  const before = await readFile(found, 'utf8');
  return { role: 'host', path: found, before, after: withHostFacts(before, facts, there) };
}

async function ownerFile({ library, host, wish, ownerFile: place }: FilesAsked): Promise<PlannedFile> {
  const before = await textAt(place);
  const inForce = library.owners.get(host)?.connection ?? null;
  return { role: 'owner', path: place, before, after: withHostEntry(before, host, wish, inForce) };
}

async function textAt(place: string): Promise<string | null> {
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
