import { byText, encode } from './canonical.ts';
import { classOfKey, splitKey } from './keys.ts';
import { oneSpelling } from './one-spelling.ts';
import { parseVmConfig } from './parse.ts';
import { parsePropertyString } from './property-string.ts';
import { diskBytes } from './volume.ts';

/** Keys that name one VM among others, and properties that say where its bytes lie: not what it is. */
const NAMES = new Set(
  'name description tags meta smbios1 vmgenid onboot autostart startup unused'.split(' '),
);
const PLACES = new Set(['file', 'volume', 'format', 'backup', 'replicate', 'shared', 'macaddr', 'bridge']);

/** What a guest brings to its VM, in one spelling: without names, volumes and MAC addresses, sorted. */
export function canonicalGuest(text: string): string {
  return parseVmConfig(text)
    .entries.filter(({ key }) => classOfKey(key) === 'guest' && !NAMES.has(splitKey(key).family))
    .map(({ key, value }) => `${key}:${canonicalDevice(key, value)}`)
    .sort(byText)
    .join('|');
}

function canonicalDevice(key: string, value: string): string {
  const { properties, problems } = parsePropertyString(
    value,
    splitKey(key).family === 'net' ? 'model' : 'file',
  );
  if (problems.length > 0) return encode(value);
  const made = diskBytes(value);
  return [
    ...(made === null ? [] : [`bytes=${made}`]),
    ...properties
      .filter((property) => !PLACES.has(property.key) && property.key !== 'size')
      .map((property) => {
        const mac = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(property.value);
        return mac
          ? `model=${encode(property.key)}`
          : `${encode(property.key)}=${encode(oneSpelling(property.value))}`;
      }),
    ...properties.flatMap((property) =>
      property.key === 'file' && !property.value.includes(':')
        ? [`is=${encode(oneSpelling(property.value))}`]
        : [],
    ),
  ]
    .sort(byText)
    .join(',');
}
