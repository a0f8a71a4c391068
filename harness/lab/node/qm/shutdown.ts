import { checkLock, loadConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { shutDownVm } from '../vm/stop.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm shutdown`: of a VM that is stopped it exits 0, too, but says so on stderr. */
export const SHUTDOWN: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { skiplock: 'flag', timeout: 'integer', forceStop: 'flag' },
  elsewhere: /^keepActive$/,
  from: [
    'qm shutdown, agent ready',
    'qm shutdown of a stopped VM',
    'qm shutdown with lock: backup in the config',
    'qm shutdown of a running VM with lock: backup',
    'qm shutdown --timeout 3 --forceStop 1',
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const conf = loadConf(vmid);
    if (pidOf(vmid) === null) {
      io.err(`VM ${vmid} not running\n\n`);
      return 0;
    }
    const { skiplock, timeout, forceStop } = given.options;
    return asTask(io, 'qmshutdown', vmid, async (say) => {
      await withConfigLock(vmid, say, async () => {
        checkLock(loadConf(vmid), isOn(skiplock));
        await shutDownVm(vmid, conf.main.entries, say, {
          ...(timeout === undefined ? {} : { seconds: Number(timeout) }),
          force: isOn(forceStop),
        });
      });
    });
  },
};
