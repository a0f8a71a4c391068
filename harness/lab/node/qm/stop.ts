import { checkLock, loadConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { NOT_OBSERVED } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { stopVm } from '../vm/stop.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm stop`: of a VM that is stopped it is no trouble. */
export const STOP: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { skiplock: 'flag', timeout: 'integer' },
  elsewhere: /^(?:keepActive|migratedfrom|overrule-shutdown)$/,
  from: [
    'qm stop',
    'qm stop of a stopped VM',
    'qm stop --timeout 1 of a VM that just started',
    'qm stop, running, lock: backup',
    NOT_OBSERVED,
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    loadConf(vmid);
    return asTask(io, 'qmstop', vmid, async (say) => {
      await withConfigLock(vmid, say, async () => {
        if (pidOf(vmid) === null) return;
        checkLock(loadConf(vmid), isOn(given.options['skiplock']));
        const { timeout } = given.options;
        await stopVm(vmid, say, timeout === undefined ? undefined : Number(timeout));
      });
    });
  },
};
