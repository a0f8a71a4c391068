import type { Signature } from '../signature.ts';
import { fix, inVm } from './fix.ts';
import { certain, refusal } from './severity.ts';

/** QEMU: devices, and the places that it does not give them. The VM does not start. */
export const QEMU_DEVICES: readonly Signature[] = [
  {
    id: 'slot-busy',
    emitters: ['qemu'],
    literals: ['not available for', 'already occupied by', 'already ocuppied by'],
    pattern:
      /PCI: slot (?<slot>\d{1,2}) function (?<function>\d) (?:not available for (?<device>[\w-]{1,40}), in use by (?<by>[\w-]{1,40})|already occ?up?pied by (?<by2>[\w-]{1,40}))/,
    means: 'Another device of the VM stands at this place, such as the emulated display at slot 2.',
    source: 'hw/pci/pci.c, do_pci_register_device()',
    finding: {
      id: 'config.slot-busy',
      title: 'The place in the guest is taken by another device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Two devices cannot stand at one place.',
        'hw/pci/pci.c',
        inVm('Set vga: none, or give the other device another address'),
      ),
    },
  },
  {
    id: 'no-slot',
    emitters: ['qemu'],
    literals: ['no slot/function available'],
    pattern: /PCI: no slot\/function available for (?<device>[\w-]{1,40})/,
    means: 'The bus of the guest has no free place.',
    source: 'hw/pci/pci.c',
    finding: {
      id: 'config.slot-busy',
      title: 'The bus of the guest has no free place',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'bus-not-found',
    emitters: ['qemu'],
    literals: ["' not found"],
    pattern: /\bBus '(?<bus>[\w.-]{1,40})' not found/i,
    means:
      'The bus in the config does not exist: pcie.0 is of q35 only, pci.0 of i440fx (on Proxmox’ q35 it is a bridge).',
    source: 'qdev_device_add(), system/qdev-monitor.c',
    finding: {
      id: 'config.igpu-address',
      title: 'The config names a bus that this machine type does not have',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Each machine type has its own root bus.',
        'system/qdev-monitor.c',
        inVm('Use bus=pci.0 with i440fx and bus=pcie.0 with q35'),
      ),
    },
  },
  {
    id: 'args-no-device',
    emitters: ['qemu'],
    literals: ['there is no device'],
    pattern: /there is no device "(?<id>[\w.-]{1,60})" defined/,
    means: 'args sets something of a device that the config does not have.',
    source: 'util/qemu-config.c, qemu_set_option()',
    finding: {
      id: 'config.args-unknown-device',
      title: 'args speaks of a device that the VM does not have',
      severity: refusal,
      confidence: certain,
      fix: (signals) => ({
        why: '-set only changes a device that is in the config under this name.',
        source: 'util/qemu-config.c',
        vm: [],
        steps: [
          inVm(
            `Add ${signals[0]?.captures['id'] ?? 'the device'}, or correct its name in args; with all functions of a slot the first is hostpci0.0`,
          ),
        ],
      }),
    },
  },
  {
    id: 'device-model',
    emitters: ['qemu'],
    literals: ['is not a valid device model name'],
    pattern: /'(?<model>[^']{1,60})' is not a valid device model name/,
    means: 'This QEMU has no such device.',
    source: 'system/qdev-monitor.c',
    finding: {
      id: 'config.args-unknown-device',
      title: 'QEMU has no device of this name',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'duplicate-id',
    emitters: ['qemu'],
    literals: ['Duplicate ID', 'Duplicate device ID', 'attempt to add duplicate property'],
    pattern:
      /Duplicate (?:device )?ID '(?<id>[^']{1,60})'|attempt to add duplicate property '(?<id2>[^']{1,60})' to object/,
    means: 'Two devices of the VM have one name, such as one in the config and one in args.',
    source: 'util/qemu-option.c; system/qdev-monitor.c',
    finding: {
      id: 'config.duplicate-device',
      title: 'Two devices of the VM have the same name',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A device is named once.',
        'system/qdev-monitor.c',
        inVm('Remove the -device from args, or the hostpci that is the same'),
      ),
    },
  },
];
