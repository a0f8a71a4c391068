import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE_WORD } from '../../../guest/image/init.ts';
import { FAULTS } from '../../../guest/standin/faults.ts';
import { FAULT_WORD, IGPU_WORD } from '../../../guest/standin/hooks.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { DRIVE_KEY } from '../conf/keys.ts';
import { readMark } from '../disk/mark.ts';
import { hasVolume, volumeOf } from '../disk/volume.ts';
import { askedFault } from '../fault.ts';
import { readLabOptions } from '../lab-options.ts';
import { LAB } from '../places.ts';

/** Debian's kernel insists on this one where Secure Boot is on, and panics without it. */
const FOR_UEFI = 'lsm=integrity';

/**
 * What stands in for the system on a VM's disk: a mark on the disk that it is to boot from names a system, which QEMU
 * is then given directly. Nothing where the disk holds none, or where `args` name a kernel themselves.
 */
export async function bootWords(
  vmid: number,
  entries: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const system = await installed(entries);
  const fault = askedFault('guest', vmid)?.word ?? null;
  const withoutSystem = fault !== null && FAULTS[fault.split('=')[0] ?? '']?.withoutSystem === true;
  if (system === null || withoutSystem || /(?:^|\s)-kernel\s/.test(entries.get('args') ?? '')) return [];
  const ovmf = entries.get('bios') === 'ovmf';
  const isa = propertyMap(entries.get('agent') ?? null, 'enabled').get('type') === 'isa';
  const ports = [...entries.keys()].filter((key) => /^serial\d$/.test(key)).length;
  const words = [
    readFileSync(join(system, 'append'), 'utf8').trim(),
    ...(ovmf ? [FOR_UEFI] : []),
    ...(isa ? [`code43.agent=ttyS${ports}`] : []),
    CONSOLE_WORD,
    `${IGPU_WORD}${readLabOptions().igpu}`,
    ...(fault === null ? [] : [`${FAULT_WORD}${fault}`]),
  ];
  const kernel = join(system, ovmf ? 'vmlinuz' : 'kernel');
  return ['-kernel', kernel, '-initrd', join(system, 'initrd'), '-append', words.join(' ')];
}

/** The folder of the system on the first disk of the boot order; null: it holds none. */
async function installed(entries: ReadonlyMap<string, string>): Promise<string | null> {
  const order = propertyMap(entries.get('boot') ?? null, 'legacy').get('order') ?? '';
  const [first] = order.split(';').filter((key) => DRIVE_KEY.test(key) && key !== 'efidisk0');
  const value = first === undefined ? undefined : entries.get(first);
  if (value === undefined || !hasVolume(value)) return null;
  const name = await readMark(volumeOf(value));
  const folder = name === null ? null : join(LAB.systems, name);
  return folder !== null && existsSync(folder) ? folder : null;
}
