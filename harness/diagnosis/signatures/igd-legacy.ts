import type { Signature } from '../signature.ts';
import { fix, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

const IGD = 'hw/vfio/igd.c';

/** QEMU: what it says of an iGPU in legacy mode, in its older wording and in that since 10.0. */
export const IGD_LEGACY: readonly Signature[] = [
  {
    id: 'igd-gen',
    emitters: ['qemu'],
    literals: ['is unsupported in legacy mode'],
    pattern: /\bIGD device (?<device>\S{1,40}) is unsupported in legacy mode, try SandyBridge or newer/,
    means:
      'This QEMU does not know the generation of the iGPU and leaves all of its help out: 9.2 for many ids that 9.1 took and 10.0 knows again. The iGPU is not too old.',
    source: `${IGD}, igd_gen()`,
    finding: null,
  },
  {
    id: 'igd-1f0',
    emitters: ['qemu'],
    literals: ['existing devices at address 1f.0', 'existing device at 1f.0'],
    pattern:
      /cannot support legacy mode due to existing devices at address 1f\.0|Cannot create LPC bridge due to existing device at 1f\.0/,
    means: 'On q35 the place of the bridge that legacy mode brings is taken: there is no legacy mode on q35.',
    source: `${IGD}; the second wording since 10.0`,
    finding: null,
  },
  {
    id: 'igd-norom',
    emitters: ['qemu'],
    literals: ['has no ROM, legacy mode', 'Device has no ROM'],
    pattern: /\bIGD device (?<device>\S{1,40}) has no ROM, legacy mode disabled|\bDevice has no ROM\b/,
    means: 'The device has no ROM and no file was given, so legacy mode is off.',
    source: IGD,
    finding: null,
  },
  {
    id: 'igd-hotplug',
    emitters: ['qemu'],
    literals: ['hotplugged'],
    pattern:
      /hotplugged, ROM disabled, legacy mode disabled|(?:OpRegion|LPC) is not supported on hotplugged device/,
    means: 'The iGPU was added to a running VM, where it gets none of what it needs.',
    source: IGD,
    finding: {
      id: 'opregion.not-passed',
      title: 'The iGPU was added to a VM that already ran',
      severity: refusal,
      fix: fix(
        'It must be there when the VM starts.',
        IGD,
        inVm('Shut the VM down, keep the device in its config, start it'),
      ),
    },
  },
  {
    id: 'igd-bridge-access',
    emitters: ['qemu'],
    literals: ['bridge access'],
    pattern:
      /does not support (?<what>host|LPC) bridge access, ?legacy mode disabled|IGD (?<what2>host|LPC) bridge access is not supported by kernel/,
    means:
      'The host’s kernel gives no copy of the bridges: built without VFIO_PCI_IGD, or the device is a mediated one or a VF, for which that is normal.',
    source: IGD,
    finding: null,
  },
  {
    id: 'igd-vga-access',
    emitters: ['qemu'],
    literals: [
      'enable VGA access',
      'VGA region index 8',
      'No VGA region',
      'does not support requested feature x-vga',
    ],
    pattern:
      /IGD device (?<device>\S{1,40}) failed to enable VGA access|Unable to enable VGA access|failed getting region info for VGA region index 8|device does not support requested feature x-vga/,
    means:
      'vfio gives no access to the old VGA addresses: disable_vga=1, a kernel without VFIO_PCI_VGA, or a device that is not the kind “VGA”. Only legacy mode and x-vga=on need them.',
    source: `${IGD}; hw/vfio/pci.c, vfio_populate_vga()`,
    finding: {
      id: 'host.vga-access',
      title: 'The host’s vfio gives no access to VGA, which legacy mode needs',
      severity: refusal,
      fix: fix(
        'Legacy mode needs VGA access.',
        IGD,
        onHost(
          'Remove disable_vga=1 from the options of vfio-pci in /etc/modprobe.d, update-initramfs -u, restart',
        ),
      ),
    },
  },
  {
    id: 'igd-bridge-failed',
    emitters: ['qemu'],
    literals: ['LPC bridge', 'modify host bridge', 'IGD copy failed', "Can't find host bridge"],
    pattern:
      /[Ff]ailed to (?:create LPC bridge|create\/modify LPC bridge|modify host bridge)|IGD copy failed|Can't find host bridge/,
    means: 'The ids of the host’s bridges could not be copied into the guest, so legacy mode is off.',
    source: IGD,
    finding: null,
  },
  {
    id: 'igd-disabled',
    emitters: ['qemu'],
    literals: ['IGD legacy mode disabled'],
    pattern: /\bIGD legacy mode disabled/,
    means:
      'Sums the line before it up. Without legacy mode the VM goes on; whether that is enough depends on the guest.',
    source: IGD,
    finding: null,
  },
  {
    id: 'igd-legacy-on',
    emitters: ['qemu'],
    literals: ['IGD legacy mode enabled'],
    pattern: /\bIGD legacy mode enabled/,
    means: 'Legacy mode is active. Good.',
    source: IGD,
    finding: null,
  },
  {
    id: 'igd-legacy-illegal',
    emitters: ['qemu'],
    literals: ['Machine is not i440fx'],
    pattern:
      /Machine is not i440fx(?:,| or) assigned BDF is not 00:02\.0(?:, or device (?<id>[0-9a-f]{4}) \(gen (?<gen>-?\d{1,2})\) doesn't support legacy mode)?/,
    means: 'x-igd-legacy-mode=on was demanded where it is not possible; the VM does not start.',
    source: `${IGD}, vfio_pci_igd_config_quirk()`,
    finding: null,
  },
  {
    id: 'igd-gms',
    emitters: ['qemu'],
    literals: ['IGD GMS value', 'x-igd-gms'],
    pattern:
      /Unsupported IGD GMS value 0x(?<value>[0-9a-f]{1,4})|Parameter 'x-igd-gms' expects (?<range>.{1,60})|x-igd-gms is not supported on this device/,
    means:
      'x-igd-gms has a value that this iGPU or this QEMU does not take. Since 10.1 the VM does not start; before, the option is dropped.',
    source: IGD,
    finding: {
      id: 'config.gms-range',
      title: 'x-igd-gms has a value that is not allowed',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Memory is counted in steps of 32 MB: 0x2 is 64 MB, 0x10 is 512 MB. QEMU 10 and later take the host’s value where the option is missing.',
        IGD,
        inVm('Remove x-igd-gms, or set it between 0x1 and 0x10'),
      ),
    },
  },
  {
    id: 'igd-bios',
    emitters: ['qemu'],
    literals: ['before BIOS reserved stolen memory'],
    pattern: /vfio-igd: Guest attempted to program IGD GTT before BIOS reserved stolen memory/,
    means:
      'The guest’s firmware set no memory aside for the iGPU, and QEMU aborts: its ROM or firmware lacks that part.',
    source: `${IGD}, vfio_igd_quirk_data_write()`,
    finding: {
      id: 'host.stolen-memory',
      title: 'The guest’s firmware reserved no memory for the iGPU',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The ROM must bring the part that reserves it.',
        IGD,
        inVm('Give a ROM with IgdAssignmentDxe by romfile='),
      ),
    },
  },
  {
    id: 'igd-lpc-address',
    emitters: ['qemu'],
    literals: ['dummy ISA/LPC bridge'],
    pattern: /VFIO dummy ISA\/LPC bridge must have address 1f\.0/,
    means: 'A bridge that somebody added by hand stands at the wrong place; the VM does not start.',
    source: IGD,
    finding: {
      id: 'config.igpu-address',
      title: 'The bridge for legacy mode stands at the wrong place',
      severity: refusal,
      confidence: certain,
      fix: fix('QEMU makes it itself.', IGD, inVm('Remove vfio-pci-igd-lpc-bridge, or give it addr=1f.0')),
    },
  },
];
