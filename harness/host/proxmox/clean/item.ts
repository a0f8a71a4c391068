import type { LeaseHolder } from '../lease/lease-holder.ts';
import type { RunMark } from '../life/run-mark.ts';

/** A thing on a node that a run has made, or, `nameless`, that nobody can tell whose it is. */
export type Thing =
  | { readonly kind: 'vm'; readonly vmid: number; readonly name: string; readonly running: boolean }
  | { readonly kind: 'snapshot'; readonly vmid: number; readonly name: string; readonly running: boolean }
  | { readonly kind: 'rom'; readonly file: string; readonly whole: boolean }
  | { readonly kind: 'monitor'; readonly vmid: number }
  /** Says that a clone of this number was asked for. */
  | { readonly kind: 'note'; readonly vmid: number }
  | {
      readonly kind: 'lease';
      readonly address: string;
      readonly holder: LeaseHolder;
      readonly silent: number;
    }
  /** A VM whose config holds nothing but a lock: what a clone, or a removal, is at its beginning, or its end. */
  | { readonly kind: 'nameless'; readonly vmid: number; readonly lock: string };

/**
 * How a thing is taken away. `unlock`: the lock that a killed task left goes first.
 *
 * - `destroy`: the VM is stopped and destroyed
 * - `go-back`: the VM is stopped, goes back to the snapshot, and the snapshot is removed
 * - `forget`: the snapshot alone is removed, since nothing that a run did is in the VM's state of now
 * - `forget-half`: likewise one that is not whole
 * - `unlink`: a file is removed
 */
export interface Removal {
  readonly by: 'destroy' | 'go-back' | 'forget' | 'forget-half' | 'unlink';
  readonly unlock: boolean;
}

export type Fate =
  | { readonly kind: 'remove'; readonly removal: Removal }
  /** Of a run that lives, or may. */
  | { readonly kind: 'in-use'; readonly by: LeaseHolder }
  /** The node itself is at it, which ends. */
  | { readonly kind: 'busy'; readonly why: string }
  /** It is ours and cannot be taken away without somebody's leave. `why` says what they can do. */
  | { readonly kind: 'stays'; readonly why: string }
  /** Nobody can tell whether it is ours, so it is nobody's to remove. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface Item {
  readonly thing: Thing;
  /** Null: nothing says which one made it. */
  readonly run: RunMark | null;
  readonly fate: Fate;
}

/** The same thing on the same node has the same key, however it is by now. */
export function keyOf({ thing }: Item): string {
  switch (thing.kind) {
    case 'vm':
    case 'monitor':
    case 'note':
    case 'nameless':
      return `${thing.kind} ${thing.vmid}`;
    case 'snapshot':
      return `snapshot ${thing.vmid} ${thing.name}`;
    case 'rom':
      return `rom ${thing.file}`;
    case 'lease':
      return `lease ${thing.address}`;
  }
}
