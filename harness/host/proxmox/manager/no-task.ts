import { PveDenied, PveRefused } from '../refused.ts';
import { refusalReason, type RefusalReason } from '../refusal-reasons.ts';
import { WAYS_OUT } from '../rights.ts';
import { taskEnd } from './task-answers.ts';
import type { TaskEnd } from '../vm-manager.ts';

/** Reasons that are of the asking and not of the VM: there never was a task. */
const NEVER_BEGAN: ReadonlySet<RefusalReason | null> = new Set([
  'no-such-vm',
  'vm-exists',
  'bad-parameter',
  'root-only',
  'no-right',
  'not-logged-in',
  'no-such-node',
  'no-such-command',
  'not-ready',
]);

/** @returns the error for words that came instead of an answer */
export function refusal(asked: string, words: string): PveRefused {
  const reason = refusalReason(words);
  if (reason === 'root-only') return new PveDenied(asked, words, WAYS_OUT);
  if (reason === 'no-right') return new PveDenied(asked, words, wayOutOf(words));
  return new PveRefused(asked, words);
}

/**
 * What is made of words by which a task failed, or was not even begun: nobody but the words can tell, for `qm` prints
 * no task's id and the API begins some tasks only to let them fail.
 *
 * @param lines what was printed before
 * @throws PveRefused, PveDenied where the asking itself was wrong
 */
export function failedTask(asked: string, words: string, lines: readonly string[] = []): TaskEnd {
  if (NEVER_BEGAN.has(refusalReason(words))) throw refusal(asked, words);
  return taskEnd(words, [...lines, `TASK ERROR: ${words}`]);
}

/** `Permission check failed (/vms/110, VM.Audit)` names the privilege. */
function wayOutOf(words: string): string {
  const [, path, privilege] = /\(([^,()]+), ([\w.|, ]+)\)/.exec(words) ?? [];
  const what = path === undefined ? 'the privileges it needs' : `${privilege ?? ''} on ${path}`;
  return `give ${what} to the token, and to its user where the token has privileges of its own`;
}
