import { type Section, withEntries } from '../conf/conf.ts';
import {
  checkLock,
  hasConf,
  isTemplate,
  loadConf,
  type Loaded,
  removeConf,
  storeConf,
} from '../conf/store.ts';
import { NOTHING_PENDING } from '../conf/conf.ts';
import { cloneDrive } from '../disk/clone-drive.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { ImageFailed, removeImage } from '../disk/image.ts';
import type { Volume } from '../disk/volume.ts';
import { newUuid, withNewMac } from '../identity.ts';
import { isOn } from '../options.ts';
import { refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { pidOf } from '../vm/running.ts';
import { NotInStandIn } from '../refusal.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm clone`: of a template it is linked unless a full one is asked for. The clone keeps `args` and `hostpciN`. */
export const CLONE: Verb = {
  use: '<vmid> <newid> [OPTIONS]',
  words: ['vmid', 'newid'],
  options: {
    name: 'string',
    description: 'string',
    full: 'flag',
    snapname: 'string',
    storage: 'string',
    pool: 'string',
  },
  elsewhere: /^(?:bwlimit|format|target)$/,
  from: [
    'qm clone --full, VM stopped',
    'config of the full clone: new MAC, smbios1 uuid, vmgenid; args and description kept',
    'qm clone of a snapshot, full',
    'linked clone from the template',
    'config of the linked clone',
    'qm clone of a VM with hostpci0: the clone keeps hostpci0',
    'config of that clone',
  ],
  run: async (given, io) => {
    const [from, to] = [vmidOf(given), Number(given.words[1])];
    const { full, snapname, storage, pool } = given.options;
    if (pool !== undefined || (storage !== undefined && storage !== 'local'))
      throw new NotInStandIn('pools and other storages than local');
    const conf = loadConf(from);
    checkLock(conf);
    const source = sourceOf(conf, snapname);
    const linked = isTemplate(conf) && !isOn(full);
    if (full !== undefined && !isOn(full)) refuseLinked(conf);
    if (hasConf(to)) throw refusal('cloneExists', to);
    if (pidOf(from) !== null) throw new NotInStandIn('a clone of a running VM');
    return asTask(io, 'qmclone', from, async (say) => {
      say(`creating a clone of VM ${from} with ID ${to}\n`);
      // Its comment, which reads as a description: read in qemu-server 9.2.6, PVE/API2/Qemu.pm; no transcript has it.
      const empty = { description: 'qmclone temporary file', entries: new Map([['lock', 'clone']]) };
      storeConf(to, { main: empty, pending: NOTHING_PENDING, snapshots: new Map() });
      const made: Volume[] = [];
      try {
        let main = cloned(source, given.options);
        for (const drive of drivesOf(source)) {
          const how = { linked, snapshot: snapname ?? null, vmid: to, made };
          main = withEntries(main, { [drive.key]: await cloneDrive(drive, how, say) });
        }
        storeConf(to, {
          main: withEntries(main, { lock: null }),
          pending: NOTHING_PENDING,
          snapshots: new Map(),
        });
      } catch (error) {
        for (const volume of made) removeImage(volume);
        removeConf(to);
        if (error instanceof ImageFailed) throw refusal('cloneFailed', error.message);
        throw error;
      }
    });
  },
};

function sourceOf(conf: Loaded, snapname: string | undefined): Section {
  if (snapname === undefined) return conf.main;
  const snapshot = conf.snapshots.get(snapname);
  if (snapshot === undefined) throw refusal('noSnapshotToClone', snapname);
  return snapshot;
}

function refuseLinked(conf: Loaded): void {
  const [first] = drivesOf(conf.main);
  if (!isTemplate(conf) && first !== undefined) throw refusal('noLinkedClone', first.volume.id, first.key);
}

/** All of the source but what makes it this VM: its snapshots, addresses and ids. */
function cloned({ description, entries }: Section, options: Readonly<Record<string, string>>): Section {
  const own = new Map(
    [...entries].filter(([key]) => !/^(?:unused\d+|parent|snaptime|template|lock)$/.test(key)),
  );
  for (const [key, value] of own) if (/^net\d+$/.test(key)) own.set(key, withNewMac(value));
  own.set('name', options['name'] ?? `Copy-of-VM-${entries.get('name') ?? ''}`);
  own.set('smbios1', `uuid=${newUuid()}`);
  if (own.has('vmgenid')) own.set('vmgenid', newUuid());
  own.set('lock', 'clone');
  return { description: options['description'] ?? description, entries: own };
}
