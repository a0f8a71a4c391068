import type { Io } from './io.ts';
import { readOptions } from './options.ts';
import { NotInStandIn, Refusal } from './refusal.ts';
import { CLEANUP } from './qm/cleanup.ts';
import { CLONE } from './qm/clone.ts';
import { CONFIG } from './qm/config.ts';
import { CREATE } from './qm/create.ts';
import { DELSNAPSHOT } from './qm/delsnapshot.ts';
import { DESTROY } from './qm/destroy.ts';
import { GUEST_CMD } from './qm/guest-commands.ts';
import { EXEC_STATUS, GUEST_EXEC } from './qm/guest-exec.ts';
import { LIST } from './qm/list.ts';
import { LISTSNAPSHOT } from './qm/listsnapshot.ts';
import { RESET } from './qm/reset.ts';
import { ROLLBACK } from './qm/rollback.ts';
import { SET } from './qm/set.ts';
import { SHOWCMD } from './qm/showcmd.ts';
import { SHUTDOWN } from './qm/shutdown.ts';
import { SNAPSHOT } from './qm/snapshot.ts';
import { START } from './qm/start.ts';
import { STATUS } from './qm/status.ts';
import { STOP } from './qm/stop.ts';
import { TEMPLATE } from './qm/template.ts';
import { TERMINAL } from './qm/terminal.ts';
import { UNLOCK } from './qm/unlock.ts';
import type { Verb } from './qm/verb.ts';
import { wordsOf } from './words-of.ts';

/** Every verb of `qm` that the stand-in has an answer for. */
export const VERBS: Readonly<Record<string, Verb>> = {
  agent: GUEST_CMD,
  cleanup: CLEANUP,
  clone: CLONE,
  config: CONFIG,
  create: CREATE,
  delsnapshot: DELSNAPSHOT,
  destroy: DESTROY,
  'guest cmd': GUEST_CMD,
  'guest exec': GUEST_EXEC,
  'guest exec-status': EXEC_STATUS,
  list: LIST,
  listsnapshot: LISTSNAPSHOT,
  reset: RESET,
  rollback: ROLLBACK,
  set: SET,
  showcmd: SHOWCMD,
  shutdown: SHUTDOWN,
  snapshot: SNAPSHOT,
  start: START,
  status: STATUS,
  stop: STOP,
  template: TEMPLATE,
  terminal: TERMINAL,
  unlock: UNLOCK,
};

/** Runs `qm` with these words. Returns its exit code. @throws Refusal, NotInStandIn */
export async function qm(argv: readonly string[], io: Io): Promise<number> {
  const words = argv[0] === 'guest' ? 2 : 1;
  const name = argv.slice(0, words).join(' ');
  const verb = VERBS[name];
  if (verb === undefined) throw new NotInStandIn(`qm ${name}`);
  const given = readOptions(argv.slice(words), { ...verb, line: `qm ${name} ${verb.use}` });
  return verb.run(given, io);
}

/** Prints why a program ended early. Returns its exit code. */
export function printFailure(error: unknown, io: Io): number {
  io.err(`${wordsOf(error)}\n`);
  if (error instanceof Refusal) return error.exit;
  return 255;
}
