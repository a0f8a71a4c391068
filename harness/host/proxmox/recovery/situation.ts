/** QEMU's process of a VM. */
export interface QemuProcess {
  readonly pid: number;
  /** When it began, in clock ticks since the host's boot: with the id it names one process for good. */
  readonly start: string;
  /** The guest's processors run, as far as is known: a guest that is paused hears of no shutdown. */
  readonly guestRuns: boolean;
}

/** A device as the host has it: `silent`: its config space reads as nothing but ones; `absent`: there is none. */
export type DeviceHealth = 'ready' | 'silent' | 'wrong-driver' | 'absent';

/** What recovery goes by: what can be seen of host, VM and device, not what was said of them. */
export interface Situation {
  /** Null: the host does not answer, and nothing below is known. `bootId` null: it does not say. */
  readonly host: { readonly bootId: string | null } | null;
  /** Null: there is none. */
  readonly vm: QemuProcess | null;
  /** Null: nobody asks for it, or it cannot be seen while the VM has it. */
  readonly device: DeviceHealth | null;
}

/** The host answers, the VM is down, and the device can be given to the next one. */
export function isWell({ host, vm, device }: Situation): boolean {
  return host !== null && vm === null && (device === null || device === 'ready');
}

/** A situation in words. */
export function situationText({ host, vm, device }: Situation): string {
  if (host === null) return 'the host does not answer';
  if (vm !== null) return `QEMU runs (pid ${vm.pid}${vm.guestRuns ? '' : ', its guest does not'})`;
  switch (device) {
    case 'silent':
      return 'the device does not answer';
    case 'wrong-driver':
      return 'the device is not on its driver';
    case 'absent':
      return 'the device is gone';
    case 'ready':
    case null:
      return 'all is well';
  }
}
