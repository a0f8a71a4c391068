import { nameOf } from '../../collect/host-facts.ts';
import type { SysfsDevice } from '../../collect/sysfs-devices.ts';
import type { GuestVms } from '../../init/guest-fit.ts';
import type { SeenNode, SeenVm } from '../../init/seen-node.ts';
import { printable } from '../../text/printable.ts';
import type { ChosenName } from './host-name.ts';

/** VMs as a person tells them apart, one a line, in columns. */
export function vmLines(vms: readonly SeenVm[]): readonly string[] {
  const rows = vms.map(({ vmid, template, name, ostype, bios, machine }) => [
    String(vmid),
    template ? 'template' : 'VM',
    printable(name, 28),
    `${printable(ostype ?? 'other', 10)}, ${bios}, ${printable(machine, 24)}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

export interface Chosen {
  readonly where: string;
  readonly seen: SeenNode;
  readonly igpu: SysfsDevice;
  readonly name: ChosenName;
  readonly guests: GuestVms;
  /** Guests of the owner's file whose VM the node does not have. */
  readonly lost: readonly string[];
  readonly vmids: { readonly from: number; readonly to: number };
}

const WHY: Readonly<Record<ChosenName['why'], string>> = {
  said: '',
  known: ', as in your hosts.yaml',
  proposed: ', from its hardware: a host’s own name is private and this one is published (--name)',
};

/** What was seen and what follows: a label and a sentence each. */
export function chosenRows({ where, seen, igpu, name, guests, lost, vmids }: Chosen): readonly Row[] {
  const driver = igpu.driver === null ? 'no driver has it' : `${igpu.driver} has it`;
  const versions = [
    `Proxmox VE ${seen.pve}`,
    `kernel ${seen.kernel ?? 'not known'}`,
    `QEMU ${seen.qemu ?? 'not known'}`,
  ];
  return [
    ['node', `${where}: ${versions.join(', ')}`],
    ['CPU', seen.cpu ?? 'not known'],
    ['iGPU', `${nameOf(igpu.id)} at ${igpu.address}; ${driver}`],
    [
      'host',
      `${name.name}${WHY[name.why]}${name.why === 'said' && isPrivate(name.name, where) ? PUBLISHED : ''}`,
    ],
    ...[...guests].map(
      ([guest, vm]) =>
        ['guest', `${guest} is ${vm.template ? 'template' : 'VM'} ${vm.vmid}, ${vm.name}`] as const,
    ),
    ...lost.map((text) => ['guest', text] as const),
    ['clones', `VM numbers ${vmids.from} to ${vmids.to}`],
  ];
}

const PUBLISHED = '; it is what ssh calls the host, too, and it is published: --name gives another';

/** Whether a name that somebody gave is the host's own, as far as the way there shows. */
function isPrivate(name: string, where: string): boolean {
  const [host = ''] = (where.split('@').at(-1) ?? '').split('.');
  return host.toLowerCase() === name;
}

export type Row = readonly [label: string, text: string];
