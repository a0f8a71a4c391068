import { type Section, withEntries } from '../conf/conf.ts';
import { checkLock, loadConf, storeConf } from '../conf/store.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { qemuImg, snapshotsOf } from '../disk/image.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { NotInStandIn } from '../refusal.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

export const DELSNAPSHOT: Verb = {
  use: '<vmid> <snapname> [OPTIONS]',
  words: ['vmid', 'snapname'],
  options: { force: 'flag' },
  from: ['qm delsnapshot', 'delete a missing snapshot', 'qm delsnapshot of the half snapshot'],
  run: async (given, io) => {
    const [vmid, name] = [vmidOf(given), given.words[1] ?? ''];
    loadConf(vmid);
    const force = isOn(given.options['force']);
    return asTask(io, 'qmdelsnapshot', vmid, async (say) => {
      await withConfigLock(vmid, say, () => {
        const conf = loadConf(vmid);
        const snapshot = conf.snapshots.get(name);
        if (snapshot === undefined) throw refusal('noSnapshot', name);
        checkLock(conf);
        if (pidOf(vmid) !== null) throw new NotInStandIn('qm delsnapshot of a running VM');
        const snapshots = new Map([
          ...conf.snapshots,
          [name, withEntries(snapshot, { snapstate: 'delete' })],
        ]);
        storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: 'snapshot-delete' }), snapshots });
      });
      await removeFromDisks(vmid, name, force);
      await withConfigLock(vmid, say, () => {
        forget(vmid, name);
      });
    });
  },
};

async function removeFromDisks(vmid: number, name: string, force: boolean): Promise<void> {
  const snapshot = loadConf(vmid).snapshots.get(name);
  for (const { volume } of snapshot === undefined ? [] : drivesOf(snapshot)) {
    const there = (await snapshotsOf(volume)).includes(name);
    if (there || !force) await qemuImg('snapshot', '-d', name, volume.path);
  }
}

/** What grew on the snapshot grows on its parent now. */
function forget(vmid: number, name: string): void {
  const conf = loadConf(vmid);
  const parent = conf.snapshots.get(name)?.entries.get('parent') ?? null;
  const reparented = (section: Section): boolean => section.entries.get('parent') === name;
  const main = withEntries(conf.main, { lock: null, ...(reparented(conf.main) ? { parent } : {}) });
  const snapshots = new Map(
    [...conf.snapshots]
      .filter(([each]) => each !== name)
      .map(([each, section]) => [each, reparented(section) ? withEntries(section, { parent }) : section]),
  );
  storeConf(vmid, { ...conf, main, snapshots });
}
