import { loadConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { asTask } from '../task.ts';
import { startVm } from '../vm/start.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm start`: what QEMU says of its failure goes to stdout. */
export const START: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { skiplock: 'flag' },
  elsewhere: /^(?:force-cpu|machine|migra|nets-host-mtu|stateuri|targetstorage|timeout|with-conntrack)/,
  from: ['qm start, ok', 'qm start with hostpci0 and romfile', 'qm start, args with an unknown QEMU option'],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    loadConf(vmid);
    return asTask(io, 'qmstart', vmid, async (say) => {
      await withConfigLock(vmid, say, () => startVm(vmid, say, isOn(given.options['skiplock'])));
    });
  },
};
