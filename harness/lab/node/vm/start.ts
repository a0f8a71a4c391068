import { existsSync, mkdirSync } from 'node:fs';
import { afterStart, NOTHING_PENDING } from '../conf/conf.ts';
import { DRIVE_KEY } from '../conf/keys.ts';
import { checkLock, isTemplate, loadConf, storeConf } from '../conf/store.ts';
import { hasVolume, volumeOf } from '../disk/volume.ts';
import { say as log } from '../log/journal.ts';
import { preparePassed } from '../pci/prepare.ts';
import { PLACES } from '../places.ts';
import { program } from '../program.ts';
import { refusal } from '../refusals.ts';
import { commandLine } from './command-line.ts';
import { forThisQemu } from './for-this-qemu.ts';
import { passedFunctions } from './host-devices.ts';
import { readCard } from './network-cards.ts';
import { pidOf, sweep } from './running.ts';
import { bootWords } from './system.ts';

/**
 * Starts a VM; the caller has its lock. Resolves when QEMU runs.
 *
 * @param say the task's own words; what QEMU says of its failure is among them
 */
export async function startVm(vmid: number, say: (text: string) => void, skipLock = false): Promise<void> {
  const conf = loadConf(vmid);
  if (isTemplate(conf)) throw refusal('startsNoTemplate');
  checkLock(conf, skipLock);
  if (pidOf(vmid) !== null) throw refusal('alreadyRunning', vmid);
  const main = afterStart(conf);
  if (conf.pending.entries.size + conf.pending.deleted.length > 0)
    storeConf(vmid, { ...conf, main, pending: NOTHING_PENDING });
  const { entries } = main;
  checkParts(entries);
  const words = commandLine(vmid, entries);
  await preparePassed(vmid, entries, say);
  mkdirSync(PLACES.running, { recursive: true });
  sweep(vmid);
  const argv = [...forThisQemu(words), ...(await bootWords(vmid, entries))];
  const { code, stdout, stderr } = await program(['qemu-system-x86_64', ...argv], { as: 'kvm' });
  if (stdout + stderr !== '') say(stdout + stderr);
  if (code !== 0) throw refusal('qemuFailed', code);
  tellOfDevices(entries);
}

/** Disks and bridges must be there before anything else is looked at. */
function checkParts(entries: ReadonlyMap<string, string>): void {
  for (const [key, value] of entries) {
    if (!DRIVE_KEY.test(key) || !hasVolume(value)) continue;
    const { id, path } = volumeOf(value);
    if (!existsSync(path)) throw refusal('volumeMissing', id);
  }
  for (const [key, value] of entries) {
    if (!/^net\d+$/.test(key)) continue;
    const { bridge } = readCard(value);
    if (bridge !== null && !existsSync(`/sys/class/net/${bridge}`)) throw refusal('bridgeMissing', bridge);
  }
}

/**
 * What the kernel says when QEMU opens a device: resets, and where no ROM file is given that the device's own is none.
 * Measured with Linux 7.3.4 and vfio-pci.
 */
function tellOfDevices(entries: ReadonlyMap<string, string>): void {
  for (const { value, functions } of passedFunctions(entries)) {
    const opRegion = /x-igd-opregion=on/.test(entries.get('args') ?? '');
    const [address = ''] = functions;
    log(`vfio-pci ${address}: resetting`);
    log(`vfio-pci ${address}: reset done`);
    const rom = `vfio-pci ${address}: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa`;
    const times = (opRegion ? 1 : 0) + (/\bromfile=/.test(value) ? 0 : 1);
    for (let i = 0; i < times; i++) log(rom, { priority: 4 });
  }
}
