import type { Examination } from '../../collect/doctor.ts';
import type { SysfsDevice } from '../../collect/sysfs-devices.ts';
import type { NodeReach } from '../../host/proxmox/node-link.ts';
import { fittingRoms } from '../../init/fitting-roms.ts';
import type { GuestVms } from '../../init/guest-fit.ts';
import { hostFacts } from '../../init/host-file.ts';
import { planFiles } from '../../init/plan-files.ts';
import type { PlannedFile } from '../../init/planned-file.ts';
import { problemsOfPlan } from '../../init/problems-of-plan.ts';
import type { SeenNode } from '../../init/seen-node.ts';
import type { Library } from '../../scenario/library.ts';
import { listRoms, type ListedRom } from '../../scenario/rom-manifests.ts';
import { SourceFiles } from '../../scenario/source-files.ts';
import { YamlNotEdited } from '../../scenario/yaml-edit.ts';
import { printable } from '../../text/printable.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import type { Asker } from './asker.ts';
import { cloneRange } from './clone-range.ts';
import { guestVms } from './guest-vms.ts';
import { hostName } from './host-name.ts';
import type { Chosen } from './seen-text.ts';

/** What a look at the node showed, and how it was reached. */
export interface Looked {
  readonly reach: NodeReach;
  /** As ssh was given it, or `this machine`. */
  readonly where: string;
  readonly seen: SeenNode;
  readonly examination: Examination;
}

export interface Place {
  readonly root: string;
  readonly ownerFile: string;
  readonly library: Library;
}

/** All that is decided, and the files that follow from it. */
export interface Choice extends Chosen {
  readonly root: string;
  readonly reach: NodeReach;
  readonly examination: Examination;
  readonly files: readonly PlannedFile[];
  /** The ROM that the first scenario tries; null: none fits. */
  readonly rom: ListedRom | null;
}

interface Said {
  readonly name?: string;
  readonly guest?: readonly string[];
  readonly igpu?: string;
  readonly vmids?: string;
}

/**
 * Decides what cannot be seen: by options, by what the owner's file has, by asking, or by what alone is possible.
 *
 * @throws UsageError something must be said, or what is said cannot be; Stopped
 */
export async function choose(
  said: Said,
  { reach, where, seen, examination }: Looked,
  { root, ownerFile, library }: Place,
  asker: Asker | null,
): Promise<Choice> {
  const igpu = await chooseIgpu(said.igpu, seen, asker);
  const plain = hostFacts(igpu, seen.cpu);
  const name = await hostName(said.name, { reach, seen, facts: plain, library }, asker);
  // Two machines with the same processor must not have the same name for people.
  const alike = [...library.hosts.values()].some((file) => file.id !== name.name && file.name === plain.name);
  const facts = hostFacts(igpu, seen.cpu, alike ? (seen.board ?? name.name) : null);
  const inForce = library.owners.get(name.name)?.connection ?? null;
  const guests = await guestVms(said.guest ?? [], { seen, library, inForce }, asker);
  const vmids = await cloneRange(said.vmids, { inForce: inForce?.vmids ?? null, taken: seen.taken }, asker);
  const listed = await listRoms(new SourceFiles(root));
  const roms = fittingRoms(igpu.id, listed);
  const wish = { reach, vmids, guests: sources(guests) };
  const boots = firstGuest(guests, library);
  const asked = {
    root,
    ownerFile,
    library,
    host: name.name,
    facts,
    wish,
    igpu,
    qemu: seen.qemu,
    roms,
    boots,
  };
  const files = await asUsage(planFiles(asked), YamlNotEdited);
  const [problem] = problemsOfPlan(files, name.name, library);
  if (problem !== undefined)
    throw new UsageError(`nothing was written: ${problem.file}:${problem.line}: ${problem.message}`);
  const lost = Object.keys(inForce?.guests ?? {})
    .filter((guest) => !guests.has(guest))
    .map((guest) => `${guest}: the VM that your hosts.yaml names is not on the node any more`);
  const rom = listed.find(({ ref }) => ref === roms[0]) ?? null;
  return { root, reach, where, seen, examination, igpu, name, guests, lost, vmids, files, rom };
}

async function chooseIgpu(
  said: string | undefined,
  { igpus }: SeenNode,
  asker: Asker | null,
): Promise<SysfsDevice> {
  const shown = igpus.map(({ address, id }) => `${address} (${id})`).join(', ');
  const read = (address: string): SysfsDevice => {
    const found = igpus.find((igpu) => igpu.address === address || igpu.address === `0000:${address}`);
    if (found !== undefined) return found;
    throw new UsageError(
      `--igpu ${printable(JSON.stringify(address), 60)}: the host has no Intel graphics there, but ${shown}`,
    );
  };
  if (said !== undefined) return read(said);
  const [first, ...others] = igpus;
  if (others.length === 0) return first;
  if (asker === null)
    throw new UsageError(
      `the host has several Intel graphics devices, ${shown}: say which with --igpu <address>`,
    );
  return asker.ask(`Which Intel graphics device is it: ${shown}`, first.address, read);
}

function sources(guests: GuestVms) {
  return Object.fromEntries(
    [...guests].map(
      ([guest, { vmid, template }]) => [guest, template ? { template: vmid } : { vm: vmid }] as const,
    ),
  );
}

/** Windows is what this is about; else whatever is there. */
function firstGuest(guests: GuestVms, library: Library) {
  const all = [...guests].flatMap(([id, vm]) => {
    const guest = library.guests.get(id);
    return guest === undefined ? [] : [{ guest, vm }];
  });
  return all.find(({ guest }) => guest.probe === 'windows') ?? all[0] ?? null;
}
