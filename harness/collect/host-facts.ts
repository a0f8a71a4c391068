import { igpuFamily } from '../igpu/families.ts';
import type { Outcome } from './gather.ts';
import { textOf } from './gather.ts';
import { deviceOf, sysfsDevices } from './sysfs-devices.ts';

/** What is known of a host in the words of plain facts, which `code43 diagnose` reads; one a line. */
export function hostFacts(outcomes: readonly Outcome[]): string {
  const machine = textOf(outcomes, 'machine') ?? '';
  const sysfs = textOf(outcomes, 'devices') ?? '';
  const cpu = /^model name\s*:\s*(.+)$/m.exec(machine)?.[1];
  const kernel = /^Linux (\S+)$/m.exec(machine)?.[1];
  const qemu = qemuVersion(outcomes);
  const igpu = deviceOf(sysfs, null);
  const primary = sysfsDevices(sysfs).find(({ bootVga }) => bootVga === true);
  const lines = [
    ...(cpu === undefined ? [] : [`CPU: ${cpu.trim()}`]),
    ...(kernel === undefined ? [] : [`host kernel: ${kernel}`]),
    ...(qemu === null ? [] : [`qemu: ${qemu}`]),
    ...(igpu === null ? [] : [`iGPU: ${igpu.id}`]),
    ...(igpu === null || igpu.deviceClass.startsWith('0300')
      ? []
      : [`iGPU of class ${igpu.deviceClass.slice(0, 4)}`]),
    ...(igpu === null || igpu.driver === null ? [] : [`kernel driver in use: ${igpu.driver}`]),
    ...(primary === undefined || igpu === null
      ? []
      : [`primary display: ${primary.address === igpu.address ? 'iGPU' : 'other GPU'}`]),
    ...((igpu?.vfs ?? 0) > 0 ? [`vfs: ${igpu?.vfs ?? 0}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The version of QEMU that is installed, `10.0.2`; null where it is not known. */
export function qemuVersion(outcomes: readonly Outcome[]): string | null {
  const text = textOf(outcomes, 'qemu-version') ?? '';
  const [, version] = /QEMU emulator version (\d{1,3}(?:\.\d{1,3}){1,2})/.exec(text) ?? [];
  const [, packaged] =
    /^pve-qemu-kvm: (?:\d:)?(\d{1,3}(?:\.\d{1,3}){1,2})/m.exec(textOf(outcomes, 'pve-versions') ?? '') ?? [];
  return version ?? packaged ?? null;
}

/** Whether QEMU knows what the iGPU is called, for messages: `Alder Lake-N (8086:46d1)`. */
export function nameOf(id: string): string {
  const family = igpuFamily(id);
  return family === null ? id : `${family.codename} (${id})`;
}
