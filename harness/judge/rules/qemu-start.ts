import { conclude, quote, rule } from '../rule.ts';
import type { Boot } from '../boot.ts';

interface Refusal {
  readonly pattern: RegExp;
  readonly verdict: 'fail' | 'error';
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * What QEMU prints when it refuses to start, and whose fault it is. `fail`: the combination under test;
 * `error`: the lab. Texts from QEMU's hw/pci/pci.c, hw/vfio/*.c, qom/object.c, softmmu/vl.c; those marked
 * "seen" were provoked with QEMU 7.2, most of them again and again by the failure catalogue.
 */
const REFUSALS: readonly Refusal[] = [
  {
    // Seen: 'failed to find romfile "/nonexistent.rom"'.
    pattern: /failed to find romfile "/,
    verdict: 'fail',
    id: 'rom.file-not-found',
    title: 'QEMU does not find the ROM file',
    detail: 'Proxmox looks for romfile in /usr/share/kvm/. Put the file there, or correct its name.',
  },
  {
    // Seen: 'romfile "/dev/null" is empty'.
    pattern: /romfile "[^"]*" is empty/,
    verdict: 'fail',
    id: 'rom.file-empty',
    title: 'The ROM file has no bytes',
    detail: 'Most often a failed download. Fetch it again and compare its digest.',
  },
  {
    // Seen: 'romfile "vgabios-stdvga.bin" (39936 bytes) is too large for ROM size 4096'.
    pattern: /romfile "[^"]*" (?:\(\d+ bytes\) is )?too large/,
    verdict: 'fail',
    id: 'rom.file-too-large',
    title: 'The ROM file is too large for the ROM BAR',
    detail: 'Remove romsize=, or use the right file.',
  },
  {
    // Seen: "Property 'bochs-display.x-nonsense' not found".
    pattern: /Property '[^']*' not found|Property \S+ not found/,
    verdict: 'fail',
    id: 'config.unknown-property',
    title: 'The config sets a property that this device does not have',
    detail: 'Check the -set lines of args against the QEMU version in use.',
  },
  {
    // Seen: `-set device.hostpci9.addr=0x02.0` without such a device: "there is no device "hostpci9" defined".
    pattern: /there is no device "[^"]*" defined/,
    verdict: 'fail',
    id: 'config.unknown-device',
    title: 'args names a device that the VM does not have',
    detail: 'The -set line and the hostpci line must have the same number.',
  },
  {
    // Seen: "Bus 'nobus' not found".
    pattern: /Bus '[^']*' not found/,
    verdict: 'fail',
    id: 'config.unknown-bus',
    title: 'The config puts a device on a bus that this machine does not have',
    detail: 'q35 has pcie.0, i440fx has pci.0; Proxmox adds more. Check bus= in args.',
  },
  {
    // Seen: `addr=40`: "Property 'e1000.addr' doesn't take value '40'".
    pattern: /Property '[^']*' doesn't take value|Parameter '[^']*' (?:does not accept value|expects)/,
    verdict: 'fail',
    id: 'config.bad-value',
    title: 'The config gives a property a value that it cannot have',
    detail: "QEMU's own line names the property and the value.",
  },
  {
    // Seen: "'nosuch' is not a valid device model name".
    pattern: /is not a valid device model name/,
    verdict: 'fail',
    id: 'config.unknown-model',
    title: 'This QEMU has no device of that kind',
    detail: 'Choose one that `qemu-system-x86_64 -device help` lists.',
  },
  {
    // Seen: "Duplicate ID 'hostpci0' for device".
    pattern: /Duplicate ID '[^']*'/,
    verdict: 'fail',
    id: 'config.duplicate-id',
    title: 'Two devices of the VM have the same id',
    detail: 'args adds a device under an id that a line of the config has already.',
  },
  {
    // Seen: "-nosuch: invalid option".
    pattern: /: invalid option$/,
    verdict: 'fail',
    id: 'config.unknown-option',
    title: 'args holds an option that this QEMU does not know',
    detail: 'It may be of another version, or misspelt.',
  },
  {
    // Seen: "Invalid SMP CPUs 300. The max CPUs supported by machine 'pc-q35-7.2' is 288", "Invalid CPU topology: …".
    pattern: /Invalid SMP CPUs|Invalid CPU topology/,
    verdict: 'fail',
    id: 'config.cpus',
    title: 'The machine type cannot have so many processors, or not in this arrangement',
    detail: 'Lower cores or sockets.',
  },
  {
    // Seen: "unable to find CPU model 'nosuch'".
    pattern: /unable to find CPU model/,
    verdict: 'fail',
    id: 'config.unknown-cpu',
    title: 'This QEMU does not know the CPU model',
    detail: 'Choose one that `qemu-system-x86_64 -cpu help` lists.',
  },
  {
    // Seen: "unsupported machine type".
    pattern: /unsupported machine type|machine .* (?:not found|unsupported)/i,
    verdict: 'fail',
    id: 'config.unknown-machine',
    title: 'This QEMU does not know the machine type',
    detail: 'Choose one that `qemu-system-x86_64 -machine help` lists.',
  },
  {
    // Seen: "PCI: slot 2 function 0 not available for e1000, in use by bochs-display,id=hostpci0".
    pattern: /slot \d+ function \d+ (?:not available|already in use)|in use by/,
    verdict: 'fail',
    id: 'config.slot-busy',
    title: 'Another device holds the PCI address',
    detail: 'With the iGPU at 00:02.0 set `vga: none`, and move what else is there.',
  },
  {
    pattern: /Machine is not i440fx|cannot support legacy mode|legacy mode/,
    verdict: 'fail',
    id: 'config.legacy-illegal',
    title: 'Legacy IGD assignment is not possible with this machine',
    detail: 'Legacy mode wants machine pc (i440fx), 00:02.0 and a ROM; otherwise drop x-igd-legacy-mode=on.',
  },
  {
    pattern: /group \d+ is not viable/,
    verdict: 'error',
    id: 'host.group-not-viable',
    title: 'Another device of the IOMMU group belongs to a host driver',
    detail: 'Bind every device of the group to vfio-pci.',
  },
  {
    // Seen: "vfio 0000:00:02.0: no iommu_group found: No such file or directory", "vfio …: no such host device".
    pattern: /Could not open '\/dev\/vfio|no iommu_group found|no such host device|Device or resource busy/,
    verdict: 'error',
    id: 'host.device-unavailable',
    title: 'The host does not hand the device to QEMU',
    detail: 'It is bound to another driver, used by another VM, or has no IOMMU group.',
  },
  {
    // Seen: "cannot set up guest memory 'pc.ram': Cannot allocate memory".
    pattern: /Cannot allocate memory|RLIMIT_MEMLOCK|cannot set up guest memory/,
    verdict: 'error',
    id: 'host.memory',
    title: 'The host has not enough memory for the VM',
    detail: 'Free memory, raise the memlock limit, or give the VM less.',
  },
  {
    // Seen: "CPU model 'host' requires KVM or HVF".
    pattern:
      /failed to initialize kvm|Could not access KVM|KVM internal error|kvm_\w+: Assertion|requires KVM/i,
    verdict: 'error',
    id: 'host.kvm',
    title: 'KVM does not work on this host',
    detail: 'Enable virtualization in the firmware, or run without KVM.',
  },
  {
    // Seen: "qemu: could not load PC BIOS '/nonexistent'".
    pattern: /could not load PC BIOS/,
    verdict: 'error',
    id: 'host.firmware-missing',
    title: 'The host does not have the firmware',
    detail: 'Install the package that holds it (seabios, ovmf).',
  },
  {
    // Seen: "-drive file=/nonexistent: Could not open '/nonexistent': No such file or directory".
    pattern: /-(?:drive|blockdev|cdrom|hd[a-d])\b.*Could not open/,
    verdict: 'error',
    id: 'host.disk-unavailable',
    title: 'The host does not hand a disk to QEMU',
    detail: 'Its file is missing, or QEMU may not read it.',
  },
];

/**
 * Whether QEMU refused to start: it ended by itself and in failure, and nothing was ever heard from it or its guest.
 * A missing greeting alone would not show it.
 */
export function refusedToStart(boot: Boot): boolean {
  const { exit, greeting, agentUp, readings } = boot;
  return exit !== null && exit.code !== 0 && greeting === null && agentUp === null && readings.length === 0;
}

/** QEMU ended before it said hello on its monitor: who is to blame is read from what it printed. */
export const qemuStart = rule({
  id: 'qemu-start',
  start: null,
  conclude: (view) =>
    view.timeline.boots.filter(refusedToStart).map((boot) => {
      const refusal = findRefusal(boot);
      return conclude(refusal?.verdict ?? 'inconclusive', [boot.boot], {
        id: refusal?.id ?? 'vm.refused',
        // A reason that nobody knows is no cause.
        severity: refusal === undefined ? 'warning' : 'cause',
        title: refusal?.title ?? 'QEMU refused to start, for a reason not known here',
        detail: refusal?.detail ?? "Read QEMU's own words below.",
        evidence: evidence(boot),
        collect: refusal === undefined ? ["QEMU's whole output", 'the QEMU version'] : [],
      });
    }),
});

function findRefusal(boot: Boot): Refusal | undefined {
  return REFUSALS.find(({ pattern }) => boot.stderr.some(({ line }) => pattern.test(line)));
}

function evidence(boot: Boot): ReturnType<typeof quote>[] {
  const how = boot.exit?.signal ?? `code ${boot.exit?.code ?? '?'}`;
  return [
    ...boot.stderr.slice(0, 6).map(({ n, line }) => quote(n, 'qemu', line)),
    ...(boot.exit === null ? [] : [quote(boot.exit.n, 'qemu', `ended with ${how}`)]),
  ];
}
