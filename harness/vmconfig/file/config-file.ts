import type { ConfigEntry } from '../entry.ts';

/**
 * A whole Proxmox VM config, line by line, so that nothing of it is lost: joined with `\n`, the lines of all sections
 * are the text it was read from.
 */
export interface ConfigFile {
  /** In the order of the text; the main one is first, and always there. */
  readonly sections: readonly Section[];
}

/**
 * `main`: what is in force. `pending`: what waits for the VM to be stopped. `special`: Proxmox's own notes
 * (`cloudinit`, `fleecing`). `snapshot`: the config as it was. `unknown`: Proxmox skips it.
 */
export type SectionKind = 'main' | 'pending' | 'special' | 'snapshot' | 'unknown';

export interface Section {
  readonly kind: SectionKind;
  /** As it is written, without brackets and `special:`; empty for the main section. */
  readonly name: string;
  /** The header is the first of them, but in the main section. */
  readonly lines: readonly ConfigLine[];
  /** Line of the header that begins the same section again, upon which Proxmox forgets this one; else null. */
  readonly replacedBy: number | null;
}

export interface ConfigLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without the `\n` that ends it. */
  readonly text: string;
  readonly holds: Held;
}

export type Held =
  | { readonly kind: 'blank' }
  | { readonly kind: 'header' }
  /** A `#` line, or a `description:` line (which is `entry` then). */
  | { readonly kind: 'description'; readonly encoded: string; readonly entry: ConfigEntry | null }
  | {
      readonly kind: 'entry';
      readonly entry: ConfigEntry;
      /** Why Proxmox drops it when it reads the file; null where it takes it, or where nobody knows here. */
      readonly refusal: string | null;
    }
  /** Nothing that Proxmox would take. */
  | { readonly kind: 'dropped'; readonly problem: Dropped };

export interface Dropped {
  readonly key: string | null;
  /** Counted from 1. */
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
}
