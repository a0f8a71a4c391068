import { type Section, withEntries } from '../conf/conf.ts';
import { checkLock, isTemplate, loadConf, storeConf } from '../conf/store.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { qemuImg } from '../disk/image.ts';
import { newUuid } from '../identity.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { startVm } from '../vm/start.ts';
import { stopVm } from '../vm/stop.ts';
import { withUnused } from './changed.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm rollback`: a VM that runs is stopped first, without a word. */
export const ROLLBACK: Verb = {
  use: '<vmid> <snapname> [OPTIONS]',
  words: ['vmid', 'snapname'],
  options: { start: 'flag' },
  from: [
    'qm rollback, VM stopped',
    'config after the rollback',
    'qm rollback --start 1',
    'rollback of a running VM: stops it',
    NOT_OBSERVED,
  ],
  run: async (given, io) => {
    const [vmid, name] = [vmidOf(given), given.words[1] ?? ''];
    loadConf(vmid);
    return asTask(io, 'qmrollback', vmid, async (say) => {
      await withConfigLock(vmid, say, async () => {
        const conf = loadConf(vmid);
        snapshotOf(vmid, name);
        checkLock(conf);
        if (isTemplate(conf)) throw refusal('snapshotOfTemplate');
        if (pidOf(vmid) !== null) await stopVm(vmid, say);
        storeConf(vmid, { ...conf, main: withEntries(conf.main, { lock: 'rollback' }) });
      });
      for (const { volume } of drivesOf(snapshotOf(vmid, name)))
        await qemuImg('snapshot', '-a', name, volume.path);
      await withConfigLock(vmid, say, () => {
        const conf = loadConf(vmid);
        storeConf(vmid, { ...conf, main: asItWas(conf.main, snapshotOf(vmid, name), name) });
      });
      if (isOn(given.options['start'])) await withConfigLock(vmid, say, () => startVm(vmid, say));
    });
  },
};

function snapshotOf(vmid: number, name: string): Section {
  const snapshot = loadConf(vmid).snapshots.get(name);
  if (snapshot === undefined) throw refusal('noSnapshot', name);
  return snapshot;
}

/** The VM keeps its own description; what it had since becomes unused, and it is a new generation. */
function asItWas(main: Section, snapshot: Section, name: string): Section {
  const generation = snapshot.entries.has('vmgenid') ? { vmgenid: newUuid() } : {};
  const changes = { snaptime: null, parent: name, lock: null, ...generation };
  const was: Section = { description: main.description, ...withEntriesOf(snapshot, changes) };
  const kept = new Set(drivesOf(snapshot, { unused: true }).map(({ volume }) => volume.id));
  const left = drivesOf(main, { unused: true }).filter(({ volume }) => !kept.has(volume.id));
  return left.reduce((section, { volume }) => withUnused(section, volume.id), was);
}

function withEntriesOf(
  section: Section,
  changes: Readonly<Record<string, string | null>>,
): Pick<Section, 'entries'> {
  return { entries: withEntries(section, changes).entries };
}
