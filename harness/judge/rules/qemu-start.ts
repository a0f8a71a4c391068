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
 * "seen" were provoked with QEMU 7.2.
 */
const REFUSALS: readonly Refusal[] = [
  {
    pattern: /failed to find romfile "/,
    verdict: 'fail',
    id: 'rom.file-not-found',
    title: 'QEMU does not find the ROM file',
    detail: 'Proxmox looks for romfile in /usr/share/kvm/. Put the file there, or correct its name.',
  },
  {
    pattern: /romfile "[^"]*" is empty/,
    verdict: 'fail',
    id: 'rom.file-empty',
    title: 'The ROM file has no bytes',
    detail: 'Most often a failed download. Fetch it again and compare its digest.',
  },
  {
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
    // Seen: "unable to find CPU model 'nosuch'".
    pattern: /unable to find CPU model/,
    verdict: 'fail',
    id: 'config.unknown-cpu',
    title: 'This QEMU does not know the CPU model',
    detail: 'Choose one that `qemu-system-x86_64 -cpu help` lists.',
  },
  {
    pattern: /unsupported machine type|machine .* (?:not found|unsupported)/i,
    verdict: 'fail',
    id: 'config.unknown-machine',
    title: 'This QEMU does not know the machine type',
    detail: 'Choose one that `qemu-system-x86_64 -machine help` lists.',
  },
  {
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
    pattern: /Could not open '\/dev\/vfio|no iommu_group found|Device or resource busy/,
    verdict: 'error',
    id: 'host.device-unavailable',
    title: 'The host does not hand the device to QEMU',
    detail: 'It is bound to another driver, used by another VM, or has no IOMMU group.',
  },
  {
    pattern: /Cannot allocate memory|RLIMIT_MEMLOCK|cannot set up guest memory/,
    verdict: 'error',
    id: 'host.memory',
    title: 'The host has not enough memory for the VM',
    detail: 'Free memory, raise the memlock limit, or give the VM less.',
  },
  {
    pattern: /failed to initialize kvm|Could not access KVM|KVM internal error|kvm_\w+: Assertion/i,
    verdict: 'error',
    id: 'host.kvm',
    title: 'KVM does not work on this host',
    detail: 'Enable virtualization in the firmware, or run without KVM.',
  },
];

/** QEMU ended before it said hello on its monitor: who is to blame is read from what it printed. */
export const qemuStart = rule({
  id: 'qemu-start',
  start: null,
  conclude: (view) =>
    view.timeline.boots
      .filter((boot) => boot.exit !== null && boot.greeting === null)
      .map((boot) => {
        const refusal = findRefusal(boot);
        return conclude(refusal?.verdict ?? 'inconclusive', [boot.boot], {
          id: refusal?.id ?? 'vm.refused',
          severity: 'cause',
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
