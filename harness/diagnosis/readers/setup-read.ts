import type { Fact } from '../fact.ts';
import type { Quote } from '../quote.ts';
import type { VmSetup } from '../vm-setup.ts';

/** What a VM's description says. */
export interface SetupRead {
  /** Null where nothing in it describes a VM. */
  readonly setup: VmSetup | null;
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly Quote[];
}
