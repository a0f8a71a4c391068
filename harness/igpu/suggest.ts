import { IGPU_FAMILIES } from './families.ts';
import { plainName } from './processor-number.ts';
import { CODENAME_RULES } from './processor-rules.ts';

/** Names to choose the nearest from: a few processors of every kind that people pass through. */
const NAMES =
  'i5-2400 i5-3470 i5-4570 i7-5775C i5-6500 i7-6700 i5-7500 i5-8250U i5-8265U i5-8400 i5-8500T i7-8700 i7-9700 ' +
  'i5-10210U i5-10400 i9-10900K i5-1035G1 i5-1135G7 i5-11400 i7-11700 i5-1240P i5-12400 i7-12700H i9-12900K ' +
  'i5-13400 i7-13700H i5-1335U i5-1340P i9-13900K i7-14700K i3-N305 N95 N97 N100 N150 N200 J1900 N3150 J3455 J4125 ' +
  'N4100 J5005 N5095 N5105 N6005 J6412 x6425E G4900 G5400 G6400 G7400 E3-1245 E-2276G';
const ULTRA = [
  'Core Ultra 7 155H',
  'Core Ultra 5 225H',
  'Core Ultra 7 258V',
  'Core Ultra 9 285K',
  'Core 5 120U',
];

/** Up to three known names, or PCI ids where it is one, near to a text that is none; empty where nothing is near. */
export function nearestIgpuNames(text: string): readonly string[] {
  const [, device] = /^(?:8086:)?([0-9a-f]{4})$/.exec(text.trim().toLowerCase()) ?? [];
  if (device !== undefined) return nearestIds(device);
  const plain = plainName(text).slice(0, 40);
  const codenames = IGPU_FAMILIES.flatMap(({ codename }) => codename.split('/').map((name) => name.trim()));
  const named = codenames.filter((name) => CODENAME_RULES.some(([rule]) => rule.test(joined(name))));
  return [...NAMES.split(' '), ...ULTRA, ...named]
    .map((name) => ({ name, distance: distance(plain, name.toLowerCase()) }))
    .filter((near) => near.distance <= Math.max(1, Math.floor(near.name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

function nearestIds(device: string): readonly string[] {
  return IGPU_FAMILIES.flatMap(({ devices }) => devices.split(' '))
    .map((id) => ({ id, distance: Math.abs(Number.parseInt(id, 16) - Number.parseInt(device, 16)) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ id }) => `8086:${id}`);
}

function joined(name: string): string {
  return name.toLowerCase().replaceAll(/[ -]/g, '');
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, from] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, to] of Array.from(b).entries()) {
      const change = (row[j] ?? 0) + (from === to ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
