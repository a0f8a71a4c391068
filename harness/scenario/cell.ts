import type { Expectation, ExpectedDriver, Settle } from '../trace/header.ts';
import type { BootKind, Platform, Probe } from '../trace/words.ts';

/** One concrete combination that a scenario expands to: everything a run needs to know, with all references resolved. */
export interface Cell {
  /** `<scenario id>` or `<scenario id>:<axis>=<value>,…` with the axes sorted by name. */
  readonly id: string;
  /** Path of the scenario file below `scenarios/` without its ending, such as `local/rom-q35`. */
  readonly scenario: string;
  readonly file: string;
  readonly name: string;
  readonly axes: Readonly<Record<string, string>>;
  readonly host: HostFile;
  readonly guest: GuestFile;
  readonly rom: CellRom;
  /** What the stand-in guest does wrong on purpose; null: nothing. */
  readonly fault: string | null;
  /** VM config under test as Proxmox writes it, with this cell's axes applied (`romfile` included). */
  readonly config: string;
  /** Of the lines that the host's owner allows in `args`, those that this config has. */
  readonly ownerArgs: readonly OwnerLine[];
  readonly boots: readonly BootKind[];
  readonly settle: Settle;
  readonly expect: Expectation;
}

/** A line of QEMU arguments that the owner of a host allows there, and where it stands: `file:line`. */
export interface OwnerLine {
  readonly text: string;
  readonly where: string;
}

/** `none`: no ROM is given. Otherwise a file of a release in `roms/`, or a test ROM that the harness writes itself. */
export type CellRom =
  | { readonly ref: 'none' }
  | {
      readonly ref: string;
      /** The plain name that stands in `romfile=`. */
      readonly file: string;
      /** Null: not pinned yet. */
      readonly sha256: string | null;
      readonly url: string | null;
      /** Name of the test-ROM recipe that writes it, for ROMs that are not downloads. */
      readonly recipe: string | null;
    };

/** `scenarios/hosts/<id>.yaml`: publishable facts of a lab machine. */
export interface HostFile {
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly igpu: {
    /** The QEMU device that stands in for the iGPU on a `qemu` host, such as `bochs-display`. */
    readonly device?: string;
    /** `vendor:device`, lower-case hex. */
    readonly id: string;
    /** Where the host has it: `0000:00:02.0`. */
    readonly address: string;
    /** The driver that must start it, by the guest's probe. */
    readonly driver: Readonly<Partial<Record<Probe, ExpectedDriver>>>;
  };
  /** Publishable facts such as `cpu`, `board`, `proxmox`, `kernel`. */
  readonly facts: Readonly<Record<string, string>>;
}

/** `scenarios/guests/<id>.yaml`: the operating system in the VM. */
export interface GuestFile {
  readonly id: string;
  readonly name: string;
  readonly probe: Probe;
  /** On a `qemu` host: which built image boots, `standin-windows` or `linux`. */
  readonly image?: string;
  /** What the guest brings to its VM, as Proxmox writes it: disks, firmware variables, TPM, network. */
  readonly config?: string;
  /** Seconds from the start of a boot within which the agent must have answered. */
  readonly agentDeadline: number;
}
