import { withEntries } from '../conf/conf.ts';
import { loadConf, storeConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm unlock`: a VM that is not locked is no trouble. */
export const UNLOCK: Verb = {
  use: '<vmid>',
  words: ['vmid'],
  options: {},
  from: ['qm unlock', 'qm unlock of a VM that is not locked'],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    loadConf(vmid);
    await withConfigLock(vmid, io.err, () => {
      const conf = loadConf(vmid);
      storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: null }) });
    });
    return 0;
  },
};
