import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { messageOf } from '../../../text/message-of.ts';
import { carryOut } from './carry-out.ts';
import type { ManagedNode } from '../managed-node.ts';
import { type Item, keyOf } from './item.ts';
import { lookAtNode } from './look-at-node.ts';
import { planOf } from './plan.ts';

/** Seconds between two looks while something may end by itself. */
const AGAIN = 2;

export interface CleanOptions {
  /** Only looks. */
  readonly dryRun: boolean;
  /** Seconds to wait for runs, and for the node's own tasks, to end. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
  /** Told before the first wait what it is for. */
  readonly onWait?: (items: readonly Item[]) => void;
  /** Told once, before anything is removed. */
  readonly onPlan?: (items: readonly Item[]) => void;
  /** Told after each removal. `error`: why it failed; null: it went well. */
  readonly onDone?: (item: Item, error: unknown) => void;
}

export interface Cleaned {
  /** What was found at first. */
  readonly found: readonly Item[];
  /** What was tried, in that order. */
  readonly tried: readonly { readonly item: Item; readonly error: string | null }[];
  /** What is there now. */
  readonly left: readonly Item[];
}

/**
 * Takes away what killed runs left on a node, one thing after the other; one that cannot be removed keeps no other from
 * it.
 *
 * No run loses anything by it, whenever it begins. All that a run makes bears its mark, no two runs have the same one,
 * and its lease names it from before the first thing is made until after the last is gone; so what bears a mark that no
 * live lease names is of a run that is over, and none will ever want it again. Before each single removal the node is
 * looked at anew, leases last, and only what is still to be removed then is: what has come to life, or has been made
 * somebody's, stays. A lease file goes under its own lock on the node. The socket of a monitor bears no mark: it goes
 * only while nobody has any lease, and nobody listens on it.
 *
 * @throws what `lookAtNode` throws; the signal's reason, between two removals
 */
export async function cleanNode(node: ManagedNode, options: CleanOptions): Promise<Cleaned> {
  const { dryRun, signal, onPlan, onDone } = options;
  const found = await firstLook(node, options);
  onPlan?.(found);
  const tried = new Map<string, { readonly item: Item; readonly error: string | null }>();
  let left = found;
  while (!dryRun) {
    left = planOf(await lookAtNode(node, signal));
    const next = left.find((item) => item.fate.kind === 'remove' && !tried.has(keyOf(item)));
    if (next === undefined) break;
    const error = await attempt(next, node);
    tried.set(keyOf(next), { item: next, error: error === null ? null : messageOf(error) });
    onDone?.(next, error);
  }
  return { found, tried: [...tried.values()], left };
}

/** Whether something that is ours, and that no run uses, is there. */
export function isClean(items: readonly Item[]): boolean {
  return items.every(({ fate: { kind } }) => kind === 'in-use' || kind === 'unknown');
}

async function firstLook(
  node: ManagedNode,
  { wait, signal, onWait }: CleanOptions,
): Promise<readonly Item[]> {
  const until = performance.now() + wait * 1000;
  for (let told = false; ; told = true) {
    const items = planOf(await lookAtNode(node, signal));
    const passing = items.filter(({ fate: { kind } }) => kind === 'in-use' || kind === 'busy');
    if (passing.length === 0 || performance.now() >= until) return items;
    if (!told) onWait?.(passing);
    await pause(AGAIN * 1000, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}

/** Without a connection nothing more can be tried. */
async function attempt(item: Item, node: ManagedNode): Promise<unknown> {
  try {
    await carryOut(item, node);
    return null;
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    return error;
  }
}
