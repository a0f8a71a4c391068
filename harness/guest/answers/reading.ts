/** One answer of a guest probe, the same for every guest; what a probe could not read is null, never a guess. */
export interface GuestReading {
  /** Identifies this boot of the guest as the guest sees it: its boot time or boot id. */
  readonly bootId: string | null;
  /** Seconds since the guest started. */
  readonly uptime: number | null;
  /** The guest resumed its kernel instead of starting it anew (Windows' fast start-up); null where unknown. */
  readonly fastStartup: boolean | null;
  /** Why the guest is not ready to be judged, such as an unfinished set-up; null when it is. */
  readonly notReady: string | null;
  /** `osinfo`-like publishable facts: build, edition, driver model. */
  readonly facts: Readonly<Record<string, string>>;
  /** How many PCI devices the probe saw at all: 0 means the instrument is broken, not that the iGPU is gone. */
  readonly pciCount: number | null;
  /** Every display-class PCI device. */
  readonly devices: readonly GuestDevice[];
  /** Sections of the probe that failed: what they would have told is unknown. */
  readonly failed: readonly string[];
}

export interface GuestDevice {
  /** `vendor:device`, lower-case hex. */
  readonly id: string;
  /** `bb:dd.f` as the guest numbers it; null where it could not be told. */
  readonly address: string | null;
  readonly name: string;
  /** Problem code as Windows counts them, 0 for none; a second, independent reading beside it. */
  readonly problemCode: number | null;
  readonly problemCodeAgain: number | null;
  /** NTSTATUS behind the problem as `0x…`, where the guest knows it. */
  readonly problemStatus: string | null;
  /** The driver said the device is started; null where unknown. */
  readonly started: boolean | null;
  /** Null: no driver is bound. */
  readonly driver: {
    readonly service: string | null;
    readonly provider: string | null;
    readonly inf: string | null;
    readonly version: string | null;
  } | null;
  /** A fall-back driver (Microsoft Basic Display) runs it: problem code 0 says nothing then. */
  readonly fallbackDriver: boolean;
}

/**
 * Why an answer was refused. `stale`: it answers another nonce; `broken`: not the contract; `limited`: a restricted
 * shell; `blocked`: the shell could not be started, or ended badly without a word; `empty`: it ended well without one;
 * `killed`: a signal ended it; `too-long`: it printed more than is kept; `never-ended`: its time was up.
 */
export interface Refusal {
  readonly refused:
    'stale' | 'broken' | 'limited' | 'blocked' | 'empty' | 'killed' | 'too-long' | 'never-ended';
  readonly why: string;
}
