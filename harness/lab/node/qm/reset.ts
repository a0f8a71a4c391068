import { checkLock, loadConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { ask } from '../vm/monitor.ts';
import { pidOf } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

export const RESET: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { skiplock: 'flag' },
  from: ['qm reset', 'qm reset of a stopped VM', 'qm reset, running, lock: backup'],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    loadConf(vmid);
    if (pidOf(vmid) === null) throw refusal('notRunning', vmid);
    return asTask(io, 'qmreset', vmid, async (say) => {
      await withConfigLock(vmid, say, async () => {
        checkLock(loadConf(vmid), isOn(given.options['skiplock']));
        await ask(vmid, 'system_reset');
      });
    });
  },
};
