import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';

const SYSFS = '/sys/bus/pci/devices';
const ADDRESS = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}:[01][0-9a-f]\.[0-7])$/i;

export function isPciAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * The `vendor:device` of a device of this machine, by its address; the domain may be left out.
 *
 * @throws UsageError where there is no such device, or this machine has no sysfs
 */
export async function pciIdHere(address: string, sysfs: string = SYSFS): Promise<string> {
  const [, domain = '0000', rest = ''] = ADDRESS.exec(address.toLowerCase()) ?? [];
  const folder = join(sysfs, `${domain}:${rest}`);
  const id = async (name: string): Promise<string> =>
    (await readFile(join(folder, name), 'utf8')).trim().replace(/^0x/, '');
  try {
    return `${await id('vendor')}:${await id('device')}`;
  } catch (cause) {
    throw new UsageError(
      `no PCI device ${address} on this machine (${folder}). Run this on the host, or give the id that \`lspci -nn\` ` +
        'shows there, such as 8086:46d1',
      { cause },
    );
  }
}
