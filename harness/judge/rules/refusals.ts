/** What QEMU says when it does not start the VM, and whose fault that is. */
export interface Refusal {
  /** Of the judge's finding: a public name, so it stays. */
  readonly id: string;
  /** `fail`: the combination under test; `error`: the lab. */
  readonly verdict: 'fail' | 'error';
  /** Ids of the diagnosis's signatures: what the line means is known there. */
  readonly signals: readonly string[];
  /** Where a signature alone leads to no finding. */
  readonly title?: string;
}

/** The first whose line was printed counts. The failure catalogue provokes most of them again and again. */
export const REFUSALS: readonly Refusal[] = [
  { id: 'rom.file-not-found', verdict: 'fail', signals: ['romfile-missing'] },
  { id: 'rom.file-empty', verdict: 'fail', signals: ['romfile-empty'] },
  { id: 'rom.file-too-large', verdict: 'fail', signals: ['romfile-large'] },
  { id: 'config.unknown-property', verdict: 'fail', signals: ['property-unknown'] },
  { id: 'config.unknown-device', verdict: 'fail', signals: ['args-no-device'] },
  { id: 'config.unknown-bus', verdict: 'fail', signals: ['bus-not-found'] },
  {
    id: 'config.bad-value',
    verdict: 'fail',
    signals: ['property-type', 'parameter-value'],
    title: 'The config gives a property a value that it cannot have',
  },
  { id: 'config.unknown-model', verdict: 'fail', signals: ['device-model'] },
  { id: 'config.duplicate-id', verdict: 'fail', signals: ['duplicate-id'] },
  { id: 'config.unknown-option', verdict: 'fail', signals: ['invalid-option'] },
  {
    id: 'config.cpus',
    verdict: 'fail',
    signals: ['cpu-count'],
    title: 'The machine type cannot have so many processors, or not in this arrangement',
  },
  {
    id: 'config.unknown-cpu',
    verdict: 'fail',
    signals: ['cpu-model'],
    title: 'This QEMU does not know the CPU model',
  },
  { id: 'config.unknown-machine', verdict: 'fail', signals: ['machine-unknown'] },
  { id: 'config.slot-busy', verdict: 'fail', signals: ['slot-busy', 'no-slot'] },
  {
    id: 'config.legacy-illegal',
    verdict: 'fail',
    signals: ['igd-legacy-illegal', 'igd-1f0', 'igd-gen', 'igd-norom', 'igd-disabled'],
    title: 'Legacy IGD assignment is not possible with this machine',
  },
  { id: 'host.group-not-viable', verdict: 'error', signals: ['not-viable'] },
  {
    id: 'host.device-unavailable',
    verdict: 'error',
    signals: ['vfio-open-busy', 'vfio-open-denied', 'vfio-open-none', 'vfio-no-group', 'vfio-no-device'],
  },
  {
    id: 'host.memory',
    verdict: 'error',
    signals: ['memory-short', 'dma-map-12', 'memlock-exceeded'],
    title: 'The host has not enough memory for the VM',
  },
  {
    id: 'host.kvm',
    verdict: 'error',
    signals: ['kvm-missing', 'kvm-broken'],
    title: 'KVM does not work on this host',
  },
  {
    id: 'host.firmware-missing',
    verdict: 'error',
    signals: ['firmware-file'],
    title: 'The host does not have the firmware',
  },
  {
    id: 'host.disk-unavailable',
    verdict: 'error',
    signals: ['disk-file'],
    title: 'The host does not hand a disk to QEMU',
  },
];
