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
  /** What the guest's kernel complains of that has to do with them; null: this probe does not tell. */
  readonly log: GuestLog | null;
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
  /** Why it is not, where that was seen. */
  readonly whyNotStarted: string | null;
  /** Null: no driver is bound. */
  readonly driver: {
    readonly service: string | null;
    readonly provider: string | null;
    readonly inf: string | null;
    readonly version: string | null;
  } | null;
  /** A fall-back driver (Microsoft Basic Display) runs it: problem code 0 says nothing then. */
  readonly fallbackDriver: boolean;
  /** What Linux' graphics layer has made of it; null: not told. */
  readonly graphics: GuestGraphics | null;
  /** What VA-API says of it; null: not told. */
  readonly media: GuestMedia | null;
}

/** Nodes of a device, `card0` and `renderD128`; null: there is none. */
export interface GuestGraphics {
  readonly card: string | null;
  readonly render: string | null;
  /** The render node is in `/dev/dri`; null where there is none to be. */
  readonly there: boolean | null;
  /** The driver gave rendering up; null: it does not tell. */
  readonly wedged: boolean | null;
}

/**
 * What `vainfo` says. `works`: it lists what the GPU can do; `failed`: it ended without; `silent`: it did not end;
 * `unasked`: one still runs, or nothing there can bound it; `absent`: it is not installed, which is no failure.
 */
export interface GuestMedia {
  readonly state: 'works' | 'failed' | 'silent' | 'unasked' | 'absent';
  /** As the driver names itself. */
  readonly driver: string | null;
  /** How many profiles it lists, such as H264High. */
  readonly profiles: number | null;
  readonly why: string | null;
}

/** Lines of the guest's kernel log that name a display device or a driver for one, and sound like trouble. */
export interface GuestLog {
  readonly from: 'dmesg' | 'journal';
  /** It reaches back to the guest's boot. */
  readonly whole: boolean;
  /** How many such lines there are; only the first and the last ones are here. */
  readonly count: number;
  /** In order; `at`: seconds since the guest's boot. */
  readonly lines: readonly { readonly at: number | null; readonly text: string }[];
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
