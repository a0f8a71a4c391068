import { igpuFamily } from '../../igpu/families.ts';
import type { Part } from '../part.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';

type Line = (text: string) => readonly Said[];

/** A pattern with one group, and what the group says. */
function of(pattern: RegExp, facts: (...groups: string[]) => readonly Said[]): Line {
  return (text) => {
    const match = pattern.exec(text);
    return match === null ? [] : facts(...match.slice(1));
  };
}

/** Firmware that only these families load; later ones share that of Tiger Lake. */
const FIRMWARE: Readonly<Record<string, string>> = {
  skl: 'Skylake',
  bxt: 'Broxton',
  kbl: 'Kaby Lake',
  glk: 'Gemini Lake',
  cml: 'Comet Lake',
  icl: 'Ice Lake',
  ehl: 'Elkhart Lake',
};

/** What i915 and xe say of the device that they drive (intel_device_info.c, intel_dmc.c, intel_uc_fw.c). */
export const GRAPHICS_LINES: readonly Line[] = [
  of(/\b(?:i915|xe) \S{1,12}: .{0,20}\bFound (\w{1,24}).{0,20}? \(device ID ([0-9a-f]{4})\)/i, (name, id) =>
    igpuFamily(`8086:${id.toLowerCase()}`) === null
      ? [said('codename', name.replaceAll('_', ' '))]
      : [said('device', `8086:${id.toLowerCase()}`)],
  ),
  of(
    /\b(?:i915|xe) \S{1,12}: .{0,30}\b(?:loading DMC|GuC|HuC|GUC|HUC) firmware i915\/(skl|bxt|kbl|glk|cml|icl|ehl)_/,
    (name) => [said('codename', FIRMWARE[name] ?? name)],
  ),
];

/**
 * What the host's kernel says of the machine while it starts. Wording: `init/main.c` and `version.c` (banner and
 * command line), `arch/x86/kernel/smpboot.c` (CPU0), `drivers/pci/probe.c` (device lines), `drivers/pci/vgaarb.c`,
 * `drivers/iommu/intel/dmar.c`, i915's `i915_sriov.c` and xe's `xe_pci_sriov.c` (VFs).
 */
const LINES: readonly Line[] = [
  of(/\bLinux version (\d[\w.+~-]{2,80})/, (kernel) => [
    said('kernel', kernel),
    ...(/-pve\b/.test(kernel) ? [said('hypervisor', 'proxmox')] : []),
  ]),
  of(/\b(?:Kernel )?[Cc]ommand line: (\S.{0,2000})$/, (line) => [said('kernelCommandLine', line.trim())]),
  of(/\bsmpboot: CPU0: (\S.{0,80}?)(?: \(family|$)/, (cpu) => [said('cpu', cpu)]),
  of(/\bDMAR: Host address width (\d{1,3})\b/, (bits) => [said('iommuWidth', Number(bits))]),
  of(
    /\b(0000:00:02\.0): \[(8086:[0-9a-f]{4})\] type 00 class 0x(03[0-9a-f]{4})/,
    (address, device, deviceClass) => [
      said('address', address),
      said('device', device),
      said('deviceClass', deviceClass),
    ],
  ),
  ...GRAPHICS_LINES,
  of(
    /\b\S{4}:\S{2}:\S{2}\.0: \[((?!8086)(?:10de|1002|1a03):[0-9a-f]{4})\] type 0[01] class 0x03/,
    (device) => [said('otherGpu', device)],
  ),
  of(/\b(\S{4}:\S{2}:\S{2}\.\d): vgaarb: setting as boot (?:VGA )?device/, (address) => [
    said('hostPrimary', address.endsWith(':00:02.0') ? 'igpu' : 'other'),
  ]),
  of(/\bvgaarb: setting as boot (?:VGA )?device: PCI:(\S{4}:\S{2}:\S{2}\.\d)/, (address) => [
    said('hostPrimary', address.endsWith(':00:02.0') ? 'igpu' : 'other'),
  ]),
  of(/\b(?:i915|xe) 0000:00:02\.0: .{0,60}?\b[Ee]nabled (\d{1,2})(?: of \d{1,2})? VFs?\b/, (count) => [
    said('vfs', Number(count)),
  ]),
];

/** Facts of the host out of its kernel log. Pure; never throws. */
export function readKernelBanner(part: Part): Reading {
  return readLines(part, 'machine', (text) => LINES.flatMap((line) => line(text)));
}
