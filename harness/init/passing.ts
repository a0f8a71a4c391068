import { igpuFamily } from '../igpu/families.ts';
import { igdSupport } from '../igpu/qemu-support.ts';
import type { SeenVm } from './seen-node.ts';

/** How an iGPU is given to a VM to begin with: lines of its config, and why they are these. */
export interface Passing {
  readonly mode: 'legacy' | 'UPT';
  /** Lines of a VM config, as Proxmox writes them. */
  readonly lines: readonly string[];
  /** Sentences. */
  readonly why: readonly string[];
  /** Whether the VM's firmware runs what is in an EFI ROM. */
  readonly runsEfiRoms: boolean;
  /** What known facts let one expect without a ROM. */
  readonly without: 'pass' | 'fail';
}

/** Below this generation SeaBIOS itself hands the stolen memory over. */
const LATE = 11;

/** The host address that Proxmox VE wants for `legacy-igd` (qemu-server, PVE/QemuServer/PCI.pm). */
const LEGACY_ADDRESS = /:00:02\.0$/;

/**
 * What fits an iGPU in a VM whose system was installed under this firmware and machine type, which therefore stay.
 * Sources: QEMU's docs/igd-assign.txt, qemu-server's PCI.pm.
 */
export function passingOf(
  igpu: { readonly id: string; readonly address: string },
  { bios, machine }: Pick<SeenVm, 'bios' | 'machine'>,
  qemu: string | null,
): Passing {
  const family = igpuFamily(igpu.id);
  const support = family === null || qemu === null ? null : igdSupport(family, qemu, igpu.id.slice(5));
  const isQ35 = machine.includes('q35');
  const runsEfiRoms = bios === 'ovmf';
  const notes = support?.notes.map((note) => `QEMU ${qemu ?? ''}: ${note}.`) ?? [];
  const base = [`bios: ${bios}`, `machine: ${machine}`, 'cpu: host'];
  const mayBeLegacy = support?.legacyMode === 'allowed' && !isQ35;
  if (mayBeLegacy && !runsEfiRoms && LEGACY_ADDRESS.test(igpu.address)) {
    const why = ['Legacy mode: this QEMU has it for this iGPU, on i440fx with SeaBIOS.', ...notes];
    const lines = [...base, `hostpci0: ${igpu.address},legacy-igd=1`, 'vga: none'];
    return { mode: 'legacy', lines, why, runsEfiRoms, without: 'pass' };
  }
  const bus = isQ35 ? ['-set device.hostpci0.bus=pcie.0'] : [];
  const sets = [...bus, '-set device.hostpci0.addr=0x02.0', '-set device.hostpci0.x-igd-opregion=on'];
  return {
    mode: 'UPT',
    lines: [
      ...base,
      `hostpci0: ${igpu.address}${isQ35 ? ',pcie=1' : ''}`,
      `args: ${sets.join(' ')}`,
      'vga: none',
    ],
    why: [
      'The guest sees the iGPU at 00:02.0, with the OpRegion: the Windows driver wants both (UPT mode).',
      ...(mayBeLegacy ? ['With a ROM this QEMU turns legacy mode on by itself here.'] : []),
      ...notes,
    ],
    runsEfiRoms,
    without: runsEfiRoms || (family?.generation ?? 0) >= LATE ? 'fail' : 'pass',
  };
}
