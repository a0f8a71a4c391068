import type { Machine } from './machine.ts';
import type { VmConfig } from './parse.ts';

/** What some keys of a config add to a QEMU command line. */
export interface Part {
  /** Words for the command line, in the order in which Proxmox creates the devices. */
  readonly argv: readonly string[];
  /** Flags for `-machine`, such as `smm=off`. */
  readonly flags?: readonly string[];
  /** What of these keys has no effect here. */
  readonly notHonoured?: readonly string[];
  readonly files?: readonly PrivateFile[];
}

/** What a part is made from. */
export interface Setting {
  readonly config: VmConfig;
  readonly machine: Machine;
  /** `bootindex` by device; Proxmox begins at 100. */
  readonly bootOrder: ReadonlyMap<string, number>;
  /** The path of a private file as it may stand in an option: a comma is written twice. */
  readonly path: (id: string) => string;
}

/** A file that the VM needs and that the caller provides, by the id of the device that uses it. */
export type PrivateFile =
  /** Empty, of that size, kept for the whole run. */
  | { readonly id: string; readonly kind: 'disk'; readonly bytes: number }
  /** Read-only code of the UEFI firmware. */
  | { readonly id: string; readonly kind: 'firmware'; readonly name: string }
  /** A copy of a template of UEFI variables; `kept` from one start to the next, else made anew at each. */
  | { readonly id: string; readonly kind: 'vars'; readonly name: string; readonly kept: boolean };

/** `-device` for each. */
export function devices(...values: readonly string[]): string[] {
  return values.flatMap((value) => ['-device', value]);
}

/** `,name=value`, or nothing where there is no value. */
export function option(name: string, value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : `,${name}=${value}`;
}
