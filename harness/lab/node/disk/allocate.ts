import { join } from 'node:path';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { refusal } from '../refusals.ts';
import { createImage, newVolume, qemuImg, sizeOf, sizeText } from './image.ts';
import { STORAGE } from './volume.ts';

const FIRMWARE = '/usr/share/OVMF';

/**
 * Makes the disk that `local:<GiB>` asks for, and says so as Proxmox does.
 *
 * @returns the drive's value as it then stands in the config; as it was where it asks for none
 */
export async function allocate(
  vmid: number,
  key: string,
  value: string,
  say: (text: string) => void,
): Promise<string> {
  const [asked = '', ...properties] = value.split(',');
  const [, storage, gigabytes = ''] = /^([^:]+):(\d+(?:\.\d+)?)$/.exec(asked) ?? [];
  if (storage === undefined) return value;
  if (storage !== STORAGE) throw refusal('noSuchStorage', storage);
  const given = propertyMap(value, 'file');
  const format = given.get('format') === 'raw' ? 'raw' : 'qcow2';
  const volume = newVolume(vmid, format);
  const variables = key === 'efidisk0' ? variablesFor(given) : null;
  if (variables === null) say(await createImage(volume, `${gigabytes}G`));
  else await qemuImg('convert', '-f', 'raw', '-O', format, variables, volume.path);
  const kept = properties.filter((property) => !property.startsWith('format='));
  const made = [volume.id, ...kept, `size=${sizeText(await sizeOf(volume))}`].join(',');
  say(`${key}: successfully created disk '${made}'\n`);
  return made;
}

function variablesFor(given: ReadonlyMap<string, string>): string {
  const large = given.get('efitype') === '4m';
  const keys = large && given.get('pre-enrolled-keys') === '1';
  return join(FIRMWARE, large ? `OVMF_VARS_4M${keys ? '.ms' : ''}.fd` : 'OVMF_VARS.fd');
}
