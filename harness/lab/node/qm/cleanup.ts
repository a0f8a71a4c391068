import { setTimeout as pause } from 'node:timers/promises';
import { hasConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { say as log } from '../log/journal.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { ended } from '../vm/ended.ts';
import { pidOf, sweep } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

/** Seconds until it asks for the lock: what Perl took to load on the node of the transcripts. */
const BEGINS = 0.5;
/** Seconds that it waits with the lock held, for a QEMU that still runs, or runs again. */
const PATIENCE = 30;

/**
 * `qm cleanup`, which qmeventd runs when a QEMU has gone: it takes the VM's lock, and where somebody has started the VM
 * again meanwhile, it holds the lock for 30 s (journal of the transcripts `k34`).
 */
export const CLEANUP: Verb = {
  use: '<vmid> <clean-shutdown> <guest-requested>',
  words: ['vmid', 'clean-shutdown', 'guest-requested'],
  options: {},
  from: [NOT_OBSERVED],
  run: async (given) => {
    const vmid = vmidOf(given);
    const tell = (message: string): void => {
      log(message, { who: 'qmeventd', pid: process.pid });
    };
    await pause(BEGINS * 1000);
    tell(`Starting cleanup for ${vmid}`);
    if (!hasConf(vmid)) {
      tell(refusal('noSuchVm', vmid).message);
      return 2;
    }
    await withConfigLock(
      vmid,
      (text) => {
        tell(text.trimEnd());
      },
      async () => {
        const pid = pidOf(vmid);
        if (pid !== null)
          tell(`VM cleanup: QEMU process ${pid} for VM ${vmid} still running (or newly started)`);
        if (await ended(vmid, PATIENCE)) sweep(vmid);
        else tell(`aborting cleanup, VM is still running after ${PATIENCE} seconds`);
      },
    );
    tell(`Finished cleanup for ${vmid}`);
    return 0;
  },
};
