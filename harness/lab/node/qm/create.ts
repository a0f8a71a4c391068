import { NOTHING_PENDING, type Section, withEntries } from '../conf/conf.ts';
import { DRIVE_KEY } from '../conf/keys.ts';
import { hasConf, removeConf, storeConf } from '../conf/store.ts';
import { newUuid } from '../identity.ts';
import { withConfigLock } from '../lock.ts';
import { Refusal } from '../refusal.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { asTask } from '../task.ts';
import { QEMU_VERSION } from '../vm/machine.ts';
import { prepared, set } from './changed.ts';
import { KEY_OPTIONS } from './key-options.ts';
import { valueProblem } from './values.ts';
import { type Verb, vmidOf } from './verb.ts';

/** What a VM is to boot from where nobody says: disks before network cards. */
const BOOTABLE = ['ide', 'scsi', 'virtio', 'sata', 'net'];
const FAMILIES = ['ostype', 'memory', 'cores', 'net0'];

/** `qm create`, for making the VMs of a test. */
export const CREATE: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: KEY_OPTIONS,
  // A node knows many more keys.
  elsewhere: /./,
  from: [
    'qm create with args, serial, agent, disk allocated on local',
    'qm config, plain',
    'qm create of an existing VMID',
    'qm create with a bad parameter value',
    'qm create with several bad parameters',
    NOT_OBSERVED,
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    checkValues(given.options);
    if (hasConf(vmid)) throw refusal('vmExists', vmid);
    checkStorages(given.options);
    return asTask(io, 'qmcreate', vmid, async (say) => {
      await withConfigLock(vmid, say, async () => {
        try {
          const main = await made(vmid, given.options, { out: say, err: say });
          storeConf(vmid, { main, pending: NOTHING_PENDING, snapshots: new Map() });
        } catch (error) {
          removeConf(vmid);
          throw error;
        }
      });
    });
  },
};

/** In the order in which the transcript has them. */
function checkValues(options: Readonly<Record<string, string>>): void {
  const rank = (key: string): number => (FAMILIES.indexOf(key) + 1 || 99) - 1;
  const problems = Object.entries(options)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => valueProblem(key, value))
    .join('');
  if (problems !== '')
    throw new Refusal(`400 Parameter verification failed.\n${problems}qm create <vmid> [OPTIONS]`, 255);
}

function checkStorages(options: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(options)) {
    const storage = DRIVE_KEY.test(key) ? /^([^:,]+):/.exec(value)?.[1] : undefined;
    if (storage !== undefined && storage !== 'local') throw refusal('noSuchStorage', storage);
  }
}

async function made(
  vmid: number,
  options: Readonly<Record<string, string>>,
  io: Parameters<typeof prepared>[3],
): Promise<Section> {
  let section: Section = { description: null, entries: new Map() };
  for (const [key, value] of Object.entries(options))
    section = set(section, key, await prepared(vmid, key, value, io));
  const bootable = BOOTABLE.flatMap((family) =>
    Object.keys(options)
      .filter((key) => new RegExp(`^${family}\\d+$`).test(key))
      .sort(),
  );
  const time = Math.floor(Date.now() / 1000);
  return withEntries(section, {
    boot: options['boot'] ?? (bootable.length === 0 ? ' ' : `order=${bootable.join(';')}`),
    meta: `creation-qemu=${QEMU_VERSION},ctime=${time}`,
    smbios1: options['smbios1'] ?? `uuid=${newUuid()}`,
    vmgenid: options['vmgenid'] ?? newUuid(),
  });
}
