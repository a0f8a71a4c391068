import { igpuFamily } from '../../igpu/families.ts';
import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Case } from '../case.ts';
import type { Symptom } from '../fact.ts';
import type { Claim, Fix, FixStep, VmEdit } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { igpuDevices, isVf, rootBus } from '../readers/igpu-devices.ts';
import { works } from '../signatures/context.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';

export { works };

export function hasSymptom({ facts }: Case, ...symptoms: readonly Symptom[]): boolean {
  return symptoms.some((symptom) => facts.has('symptom', symptom));
}

/** What only a guest that runs can show. */
const SEEN_IN_GUEST: readonly Symptom[] = [
  'code-43',
  'problem-code',
  'basic-display',
  'driver-not-installing',
  'no-device',
  'no-render-node',
  'no-acceleration',
  'corrupt-picture',
  'no-audio',
  'bsod',
  'reset-loop',
  'only-first-boot',
];

/** What is wrong is seen inside a guest or on its monitor: so the VM did start. */
export function started(of: Case): boolean {
  const code = of.facts.get('problemCode');
  return (code !== null && code !== 0) || hasSymptom(of, ...SEEN_IN_GUEST);
}

/** Something is said to be wrong with the picture or the driver. */
export function displayFails(of: Case): boolean {
  if (works(of)) return false;
  return (
    of.facts.has('problemCode', 43) ||
    hasSymptom(of, 'code-43', 'no-picture', 'no-firmware-picture', 'corrupt-picture')
  );
}

/**
 * How bad a thing is that QEMU or Proxmox refuses to start with. Where the guest was seen running, the description is
 * not, or not yet, that of the VM that ran.
 */
export function refusal(of: Case): Pick<Claim, 'severity' | 'confidence'> {
  if (works(of)) return { severity: 'warning', confidence: 'possible' };
  if (hasSymptom(of, 'vm-does-not-start')) return { severity: 'cause', confidence: 'certain' };
  return started(of)
    ? { severity: 'contributing', confidence: 'possible' }
    : { severity: 'cause', confidence: 'likely' };
}

/** The whole iGPU, not a part of it; the first where several are passed. */
export function wholeIgpu(vm: VmSetup): PassedDevice | null {
  return igpuDevices(vm).find((device) => device.mdev === null && !isVf(device)) ?? null;
}

/** What the guest is: people's words say more than the type set for the VM. */
export function guestIs({ facts }: Case, ...systems: readonly ('windows' | 'linux' | 'macos')[]): boolean {
  const all = facts.of('guestOs');
  const stated = all.filter(({ by }) => by === 'person');
  return (stated.length > 0 ? stated : all).some(({ value }) => systems.some((system) => system === value));
}

/** Whether the graphics device is known to be no Intel one. */
export function isOtherVendor({ facts }: Case): boolean {
  const device = facts.get('device');
  return device !== null && !device.startsWith('8086:');
}

/** The iGPU's generation in QEMU's words; null: QEMU knows none; undefined: not known here. */
export function generationOf({ facts }: Case): number | null | undefined {
  const device = facts.get('device');
  if (device !== null) return igpuFamily(device)?.generation;
  const cpu = facts.get('cpu');
  const found = cpu === null ? null : familyOfProcessor(cpu);
  if (found === null) return undefined;
  const [first, ...others] = new Set(found.candidates.map(({ generation }) => generation));
  return others.length > 0 ? undefined : first;
}

// QEMU by release of Proxmox VE; each may have been updated since (debian/changelog of pve-qemu).
const OF_PROXMOX: Readonly<Record<string, string>> = {
  '8.0': '8.0',
  '8.1': '8.1',
  '8.2': '8.1',
  '8.3': '9.0',
  '8.4': '9.2',
  '9.0': '10.0',
  '9.1': '10.1',
};

/**
 * Whether QEMU is this version or newer; null where that is not known. A machine type and a release of Proxmox say
 * only what it is at least.
 */
export function qemuSince({ facts, vms }: Case, version: string): boolean | null {
  const stated = facts.get('qemuVersion');
  if (stated !== null) return compareVersions(stated, version) >= 0;
  const proxmox = OF_PROXMOX[/^\d{1,2}\.\d/.exec(facts.get('pveVersion') ?? '')?.[0] ?? ''];
  const least = [proxmox, ...vms.map(({ machine }) => machine.version)];
  return least.some((one) => typeof one === 'string' && compareVersions(one, version) >= 0) ? true : null;
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 2; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether the guest sees the device at 00:02.0; null where its place is not said. */
export function isAtTwo(vm: VmSetup, { guest }: PassedDevice): boolean | null {
  if (guest === null) return null;
  const root = rootBus(vm);
  const onRoot = guest.bus === null || (root === null ? /^pcie?\.0$/.test(guest.bus) : guest.bus === root);
  return onRoot && guest.slot === 2 && guest.function === 0;
}

/** Evidence: the lines of these keys, and of the device; each once. */
export function linesOf(
  vm: VmSetup,
  keys: readonly string[],
  device: PassedDevice | null = null,
): readonly Quote[] {
  const found = [...(device === null ? [] : [device.quote]), ...keys.flatMap((key) => vm.at.get(key) ?? [])];
  return found.filter((quote, index) => found.findIndex(({ line }) => line === quote.line) === index);
}

export function fixOf(
  why: string,
  source: string,
  vm: readonly VmEdit[],
  steps: readonly FixStep[] = [],
): Fix {
  return { why, source, vm, steps };
}

/** Claims of all VMs of the case that are not known to be of another vendor's device; each finding once a VM. */
export function perVm(of: Case, conclude: (vm: VmSetup) => readonly Claim[]): readonly Claim[] {
  return isOtherVendor(of) ? [] : of.vms.flatMap(conclude);
}
