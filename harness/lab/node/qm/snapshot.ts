import { type Section, withEntries } from '../conf/conf.ts';
import { checkLock, isTemplate, loadConf, storeConf } from '../conf/store.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { qemuImg } from '../disk/image.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { NotInStandIn, Refusal } from '../refusal.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { type Verb, vmidOf } from './verb.ts';

/** Keys that say something of the moment and not of the VM. */
const NOT_KEPT = { lock: null, snapstate: null } as const;

/** `qm snapshot` of a stopped VM: its disks and its config. */
export const SNAPSHOT: Verb = {
  use: '<vmid> <snapname> [OPTIONS]',
  words: ['vmid', 'snapname'],
  options: { description: 'string', vmstate: 'flag' },
  from: [
    'qm snapshot of a stopped VM --vmstate 0',
    'second snapshot',
    'snapshot name in use',
    'bad snapshot name',
    'raw config with snapshot sections and parent:',
    'raw config after the kill: lock: snapshot and snapstate: prepare',
  ],
  run: async (given, io) => {
    const [vmid, name] = [vmidOf(given), given.words[1] ?? ''];
    const { description = null, vmstate } = given.options;
    checkName(name);
    loadConf(vmid);
    if (isOn(vmstate)) throw new NotInStandIn('a snapshot with RAM');
    return asTask(io, 'qmsnapshot', vmid, async (say) => {
      await withConfigLock(vmid, say, () => {
        prepare(vmid, name, description);
      });
      for (const { key, volume } of drivesOf(loadConf(vmid).main)) {
        say(`snapshotting 'drive-${key}' (${volume.id})\n`);
        await qemuImg('snapshot', '-c', name, volume.path);
      }
      await withConfigLock(vmid, say, () => {
        commit(vmid, name);
      });
    });
  },
};

function checkName(name: string): void {
  if (name === 'current') throw refusal('snapshotCurrent');
  if (!/^[a-z][a-z0-9_-]+$/i.test(name))
    throw new Refusal(
      `400 Parameter verification failed.\nsnapname: invalid format - invalid configuration ID '${name}'\n\n` +
        'qm snapshot <vmid> <snapname> [OPTIONS]',
      255,
    );
}

/** What stays behind when the task is killed: the VM locked, the snapshot there and not finished. */
function prepare(vmid: number, name: string, description: string | null): void {
  const conf = loadConf(vmid);
  if (isTemplate(conf)) throw refusal('snapshotOfTemplate');
  checkLock(conf);
  if (conf.snapshots.has(name)) throw refusal('snapshotExists', name);
  if (drivesOf(conf.main).some(({ volume }) => volume.format === 'raw')) throw refusal('noSnapshotFeature');
  if (pidOf(vmid) !== null) throw new NotInStandIn('a snapshot of a running VM');
  const taken = String(Math.floor(Date.now() / 1000));
  const entries = withEntries(conf.main, { ...NOT_KEPT, snapstate: 'prepare', snaptime: taken }).entries;
  const snapshot: Section = { description, entries };
  const snapshots = new Map([...conf.snapshots, [name, snapshot]]);
  storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: 'snapshot' }), snapshots });
}

function commit(vmid: number, name: string): void {
  const conf = loadConf(vmid);
  const snapshot = conf.snapshots.get(name);
  if (snapshot === undefined) throw refusal('noSnapshot', name);
  const snapshots = new Map([...conf.snapshots, [name, withEntries(snapshot, { snapstate: null })]]);
  storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: null, parent: name }), snapshots });
}
