import { igpuFamily, type IgpuFamily } from '../../igpu/families.ts';
import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Case } from '../case.ts';
import type { FactValues, Mode } from '../fact.ts';
import type { Quote } from '../quote.ts';
import type { PassedDevice } from '../vm-setup.ts';
import { compareVersions } from './config-context.ts';

/** The graphics device that is passed through, as far as a VM's set-up names one. */
export function passed(of: Case): PassedDevice | null {
  const devices = of.vms.flatMap((vm) => vm.devices);
  const address = of.facts.get('address');
  const named = devices.find(({ host }) => address !== null && host !== null && address.startsWith(host));
  return named ?? devices.find(isGraphics) ?? null;
}

/** 00:02 is where Intel has had its graphics in every processor so far; a mediated device has no other address. */
function isGraphics({ host, mdev, romfile }: PassedDevice): boolean {
  return mdev !== null || romfile !== null || (host !== null && /:00:02(?:\.[0-7])?$/.test(host));
}

/** How the iGPU is given; null where nothing says it. */
export function modeOf(of: Case): Mode | null {
  const device = passed(of);
  const host = device?.host ?? null;
  if ((device?.mdev ?? null) !== null) return 'mdev';
  if (host !== null && /:00:02\.[1-7]$/.test(host)) return 'vf';
  return of.facts.get('mode') ?? (host === null ? null : 'whole');
}

export function guestOs(of: Case): FactValues['guestOs'] | null {
  return of.facts.get('guestOs');
}

/** Windows, or nothing said: most who ask have Windows. */
export function mayBeWindows(of: Case): boolean {
  return (guestOs(of) ?? 'windows') === 'windows';
}

/** The iGPU's family by its device id, else by the processor's name; null where neither tells. */
export function familyOf(of: Case): IgpuFamily | null {
  const id = of.facts.get('device');
  const byId = id === null ? null : igpuFamily(id);
  if (byId !== null) return byId;
  const cpu = of.facts
    .of('cpu')
    .map(({ value }) => familyOfProcessor(value))
    .find((found) => found !== null);
  return cpu === undefined || cpu.noGraphics ? null : cpu.family;
}

/** Where the VM's set-up says something, for evidence: the passed device's own line, else the fact. */
export function deviceQuotes(of: Case): readonly Quote[] {
  const device = passed(of);
  return device === null ? of.facts.quotes('mode') : [device.quote];
}

/** Whether QEMU's version is known and lies in `[from, below)`. */
export function qemuWithin(of: Case, from: string, below: string): boolean {
  const version = of.facts.get('qemuVersion');
  return version !== null && compareVersions(version, from) >= 0 && compareVersions(version, below) < 0;
}
