import type { Machine } from '../../wire/machine/machine.ts';
import type { VmManager } from './vm-manager.ts';

/** A node: its programs and files, and its VMs. */
export interface ManagedNode {
  readonly node: Machine;
  readonly manager: VmManager;
}
