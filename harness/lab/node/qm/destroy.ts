import { allVms, checkLock, isTemplate, loadConf, type Loaded, removeConf } from '../conf/store.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { removeImage, removeImagesOf } from '../disk/image.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf, sweep } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

export const DESTROY: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { purge: 'flag', 'destroy-unreferenced-disks': 'flag', skiplock: 'flag' },
  from: [
    'qm destroy --purge',
    'qm destroy without --purge',
    'qm destroy of a running VM',
    'qm destroy with lock: backup in the config',
    'qm destroy of the template, no clones left',
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const { purge, skiplock, 'destroy-unreferenced-disks': unreferenced } = given.options;
    const check = (): Loaded => {
      const conf = loadConf(vmid);
      checkLock(conf, isOn(skiplock));
      if (conf.main.entries.get('protection') === '1') throw refusal('destroyProtected', vmid);
      if (pidOf(vmid) !== null) throw refusal('destroyRunning', vmid);
      if (isTemplate(conf)) checkBases(conf);
      return conf;
    };
    check();
    return asTask(io, 'qmdestroy', vmid, async (say) => {
      await withConfigLock(vmid, say, () => {
        const conf = check();
        const sections = [conf.main, ...conf.snapshots.values()];
        for (const section of sections)
          for (const { volume } of drivesOf(section, { unused: true })) removeImage(volume);
        // That it takes what is in no config was not observed: the manual says so (qm(1)).
        if (isOn(unreferenced)) removeImagesOf(vmid);
        if (isOn(purge)) say(`purging VM ${vmid} from related configurations..\n`);
        removeConf(vmid);
        sweep(vmid);
      });
    });
  },
};

/** A disk on which others grow stays. */
function checkBases(conf: Loaded): void {
  const others = allVms().flatMap((vmid) => [...loadConf(vmid).main.entries.values()]);
  for (const { volume } of drivesOf(conf.main))
    if (others.some((value) => value.startsWith(`${volume.id}/`))) throw refusal('baseInUse', volume.id);
}
