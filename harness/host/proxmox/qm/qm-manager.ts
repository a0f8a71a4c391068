import type { Machine } from '../../../wire/machine/machine.ts';
import type { OnRetry } from '../manager/lock-retries.ts';
import { NodeManager } from '../manager/node-manager.ts';
import { QmWay } from './qm-way.ts';

/** The VM manager as root has it on the node itself. */
export class QmManager extends NodeManager {
  /**
   * @param machine the node, where we are root
   * @param options.onRetry is told what is tried again, and why
   */
  constructor(machine: Machine, options: { readonly onRetry?: OnRetry } = {}) {
    super(new QmWay(machine), options.onRetry);
  }
}
