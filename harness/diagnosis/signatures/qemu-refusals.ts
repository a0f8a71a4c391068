import { PROPERTY_SINCE } from '../../igpu/property-since.ts';
import { isBefore, qemuVersionOf } from '../../igpu/qemu-version.ts';
import type { Case } from '../case.ts';
import type { Signal, Signature } from '../signature.ts';
import { fix, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

/** QEMU: options that it does not take. The VM does not start. */
export const QEMU_REFUSALS: readonly Signature[] = [
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
    id: 'property-unknown',
    emitters: ['qemu'],
    literals: [
      "' not found",
      'property vfio-pci',
      'property x-',
      'property .x-',
      'property "',
      'property `',
      'property [',
      '] property',
      'property in vfio',
      'property of vfio',
    ],
    // As QEMU says it; as people tell of it, with other quotes or none; “no x-igd-lpc property in vfio-pci”.
    pattern:
      /\bProperty (?:['"`‘“[](?:(?<device>[\w.-]{1,60})?\.)?(?<property>[\w-]{1,60})['"`’”\]]|(?:vfio-pci)?\.?(?<property2>x-[\w-]{1,60})) (?:(?:is |was |could |can )?not (?:be )?(?:found|known)|is unknown|does(?: not|n't|n’t) exist)|\b(?:no|unknown) (?:['"`‘“[]?(?<property3>[\w-]{1,60})['"`’”\]]? property (?:in|of|for) (?:the )?(?:\w{1,10} )?vfio-pci\b|property ['"`‘“[]?(?:vfio-pci)?\.?(?<property4>x-[\w-]{1,60}))/i,
    means: 'This QEMU does not know the property: misspelt, or of another version.',
    source: 'qom/object.c, object_property_find_err(); paraphrases of users',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know a property that the config sets',
      severity: (signals, of) => (signals.some((one) => !isNewer(one, of)) ? refusal(signals, of) : null),
      confidence: certain,
      fix: (signals) => ({
        why: 'QEMU starts with properties only that it knows.',
        source: 'qom/object.c',
        vm: [],
        steps: [inVm(`Remove ${propertyOf(signals[0]) ?? 'the property'}, or correct its name`)],
      }),
    },
    also: {
      id: 'qemu.too-old',
      title: 'The config sets a property that only a newer QEMU has',
      severity: (signals, of) => (signals.some((one) => isNewer(one, of)) ? refusal(signals, of) : null),
      confidence: certain,
      fix: (signals) => ({
        why: 'x-igd-legacy-mode and x-igd-lpc came with QEMU 10.0.',
        source: 'QEMU hw/vfio/igd.c, patches of March 2025',
        vm: [],
        steps: [inVm(`Remove ${propertyOf(signals[0]) ?? 'the property'}`), onHost('or update QEMU')],
      }),
    },
  },
  {
    id: 'property-type',
    emitters: ['qemu', 'libvirt'],
    literals: [
      "expects 'on' or 'off'",
      'Invalid parameter type for',
      'does not accept value',
      'expects a number',
      'expects uint',
      "doesn't take value",
    ],
    pattern:
      /Invalid parameter type for '(?<name>[\w.-]{1,60})', expected: (?<type>\w{1,20})|[Pp]arameter '(?<name2>x-[\w.-]{1,60})' (?:expects (?:'on' or 'off'|a number|uint\d{1,2})|does not accept value '(?<value>[^']{1,40})')|Property '[\w.-]{1,80}' doesn't take value '(?<value2>[^']{1,40})'/,
    means: 'A property has a value of the wrong kind: x-igd-legacy-mode takes on, off or auto as text.',
    source: 'qapi/qobject-input-visitor.c; qom/object.c',
    finding: {
      id: 'config.property-type',
      title: 'A property has a value of the wrong kind',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'libvirt must pass it as text.',
        'qapi/qobject-input-visitor.c',
        inVm("<qemu:property name='x-igd-legacy-mode' type='string' value='off'/>"),
      ),
    },
  },
  {
    id: 'invalid-parameter',
    emitters: ['qemu'],
    literals: ["Invalid parameter '"],
    pattern: /: Invalid parameter '(?<name>[\w.-]{1,60})'/,
    means: 'An option of QEMU has a part that it does not know.',
    source: 'util/qemu-option.c',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know a part of an option',
      severity: refusal,
      confidence: certain,
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
  {
    id: 'machine-unknown',
    emitters: ['qemu', 'proxmox', 'libvirt'],
    literals: [
      'unsupported machine type',
      'is too old to run machine type',
      'emulator does not support machine type',
      'does not support machine type',
    ],
    pattern:
      /unsupported machine type(?:: "(?<machine>[\w.+-]{1,60})")?|Installed QEMU version '(?<qemu>[\d.]{1,20})' is too old to run machine type '(?<machine2>[\w.+-]{1,60})'|does not support machine type '(?<machine3>[\w.+-]{1,60})'/,
    means: 'This QEMU does not know the machine type: it is of a newer version, or was dropped.',
    source: 'system/vl.c; qemu-server; libvirt, qemu_capabilities.c',
    finding: {
      id: 'config.machine-unknown',
      title: 'This QEMU does not know the machine type',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A machine type may not be newer than QEMU.',
        'system/vl.c',
        inVm('Set machine: pc or q35 without a version'),
        onHost('or update QEMU'),
      ),
    },
  },
  {
    id: 'invalid-option',
    emitters: ['qemu'],
    literals: [': invalid option'],
    pattern: /\b(?:kvm|qemu[\w-]{0,30}): (?<option>-{1,2}[\w-]{1,60}): invalid option/,
    means: 'QEMU does not know an option in args.',
    source: 'system/vl.c',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know an option in args',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'kvm-missing',
    emitters: ['qemu', 'libvirt'],
    literals: ['requires KVM', 'Could not access KVM kernel module'],
    pattern: /CPU model '(?<cpu>\w{1,30})' requires KVM|Could not access KVM kernel module: (?<why>.{1,60})/,
    means: 'KVM is not available: virtualisation is off in the firmware, or the user may not use it.',
    source: 'target/i386/host-cpu.c; accel/kvm/kvm-all.c',
    finding: {
      id: 'host.bios-settings',
      title: 'KVM is not available on the host',
      severity: refusal,
      fix: fix('Without KVM there is no passthrough.', 'accel/kvm/kvm-all.c', {
        where: 'bios',
        text: 'Enable Intel Virtualization Technology (VT-x)',
      }),
    },
  },
  {
    id: 'parameter-value',
    emitters: ['qemu'],
    literals: ['does not accept value', "' expects "],
    pattern: /Parameter '(?<name>[\w.-]{1,60})' (?:does not accept value|expects)/,
    means: 'An option has a value that it cannot have.',
    source: 'qapi/qobject-input-visitor.c; util/qemu-option.c',
    finding: null,
  },
  {
    id: 'cpu-count',
    emitters: ['qemu'],
    literals: ['Invalid SMP CPUs', 'Invalid CPU topology'],
    pattern: /Invalid SMP CPUs (?<count>\d{1,6})|Invalid CPU topology/,
    means:
      'The machine type cannot have so many processors, or not in this arrangement of cores and sockets.',
    source: 'hw/core/machine.c, machine-smp.c',
    finding: null,
  },
  {
    id: 'cpu-model',
    emitters: ['qemu'],
    literals: ['unable to find CPU model'],
    pattern: /unable to find CPU model '(?<model>[^']{1,60})'/,
    means: 'This QEMU has no such CPU model: `qemu-system-x86_64 -cpu help` lists those that it has.',
    source: 'hw/core/cpu-common.c, parse_cpu_option()',
    finding: null,
  },
  {
    id: 'memory-short',
    emitters: ['qemu'],
    literals: ['Cannot allocate memory', 'cannot set up guest memory'],
    pattern: /Cannot allocate memory|cannot set up guest memory/,
    means: 'The host has not enough free memory for the VM.',
    source: 'system/physmem.c, ram_block_add()',
    finding: null,
  },
  {
    id: 'kvm-broken',
    emitters: ['qemu'],
    literals: [
      'failed to initialize kvm',
      'Could not access KVM',
      'KVM internal error',
      'requires KVM',
      ': Assertion `',
    ],
    pattern:
      /failed to initialize kvm|Could not access KVM|KVM internal error|\bkvm_\w{1,60}: Assertion|requires KVM/i,
    means: 'KVM does not work here: virtualisation is off in the firmware, or KVM itself gave up.',
    source: 'accel/kvm/kvm-all.c; target/i386/kvm/kvm.c',
    finding: null,
  },
  {
    id: 'firmware-file',
    emitters: ['qemu'],
    literals: ['could not load PC BIOS'],
    pattern: /could not load PC BIOS '(?<file>[^']{1,200})'/,
    means: 'The host does not have the VM’s firmware: the package that holds it (seabios, ovmf) is missing.',
    source: 'hw/i386/x86-common.c, x86_bios_rom_init()',
    finding: null,
  },
  {
    id: 'disk-file',
    emitters: ['qemu'],
    literals: ['Could not open '],
    pattern: /-(?:drive|blockdev|cdrom|hd[a-d])\b.{0,2000}Could not open/,
    means: 'The host does not hand a disk to QEMU: its file is missing, or QEMU may not read it.',
    source: 'block/file-posix.c, raw_open_common()',
    finding: null,
  },
];

function propertyOf(signal: Signal | undefined): string | undefined {
  const { property, property2, property3, property4 } = signal?.captures ?? {};
  return property ?? property2 ?? property3 ?? property4;
}

/** Whether a newer QEMU has the property: this one lacks it, unless it is known to be new enough. */
function isNewer(signal: Signal, { facts }: Case): boolean {
  const since = qemuVersionOf(PROPERTY_SINCE.get(propertyOf(signal) ?? '') ?? '');
  const own = qemuVersionOf(facts.get('qemuVersion') ?? '');
  return since !== null && (own === null || isBefore(own, since));
}
