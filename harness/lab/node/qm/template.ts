import { renameSync } from 'node:fs';
import { type Section, withEntries } from '../conf/conf.ts';
import { checkLock, isTemplate, loadConf, storeConf } from '../conf/store.ts';
import { drivesOf, withVolume } from '../disk/drives-of.ts';
import { volumeOf } from '../disk/volume.ts';
import { withConfigLock } from '../lock.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm template`. A real node also makes the disks immutable. */
export const TEMPLATE: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: {},
  elsewhere: /^disk$/,
  from: [
    'qm template',
    'config of the template: base- volume, template: 1',
    'qm template of a VM with snapshots',
    'qm template of a running VM',
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const conf = loadConf(vmid);
    checkLock(conf);
    if (isTemplate(conf)) throw refusal('templateAgain');
    if (conf.snapshots.size > 0) throw refusal('templateHasSnapshots');
    if (pidOf(vmid) !== null) throw refusal('templateRunning');
    return asTask(io, 'qmtemplate', vmid, async (say) => {
      await withConfigLock(vmid, say, () => {
        const now = loadConf(vmid);
        storeConf(vmid, { ...now, main: withEntries(withBases(now.main), { template: '1' }) });
      });
    });
  },
};

function withBases(main: Section): Section {
  return drivesOf(main).reduce((section, { key, value, volume }) => {
    const base = volumeOf(volume.id.replace(/\/vm-(\d+-)/, '/base-$1'));
    renameSync(volume.path, base.path);
    return withEntries(section, { [key]: withVolume(value, base) });
  }, main);
}
