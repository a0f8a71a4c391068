import { isBefore, type QemuVersion } from './qemu-version.ts';

/**
 * The generation that `igd_gen()` of QEMU's hw/vfio/igd.c gives to a device id, by the id's first two digits.
 *
 * Sources: the file as of commit 03828b00a2, which is 9.2's table (what made it so was merged on 2024-09-17, after
 * 9.1; what changed it on 2024-12-26, after 9.2), and as of 0910a05e3c for 10.0 and later. Before 9.2, from memory
 * and in keeping with what users report: everything that is not older than Sandy Bridge or named counts as 8.
 */
const TABLES: readonly {
  readonly before: QemuVersion;
  readonly prefixes: Readonly<Record<string, number>>;
  readonly broxton: { readonly ids: string; readonly generation: number };
  /** Of ids that the table lacks; null: unknown to this QEMU. */
  readonly others: number | null;
}[] = [
  {
    before: [9, 2],
    prefixes: byGeneration({ 6: '01 04 0a 0c 0d 0f' }),
    broxton: { ids: '0a84 1a84 5a84', generation: 8 },
    others: 8,
  },
  {
    before: [10, 0],
    prefixes: byGeneration({ 6: '01 04 0a 0c 0d 0f', 8: '16 19 22 59', 9: '3e', 11: '45', 12: '9a' }),
    broxton: { ids: '0a84 1a84 5a84', generation: 8 },
    others: null,
  },
  {
    before: [Infinity, 0],
    prefixes: byGeneration({
      6: '01',
      7: '04 0a 0c 0d 0f',
      8: '16 22',
      9: '19 31 59 3e 9b',
      11: '8a 45 4e',
      12: '9a 4c 46 a7',
    }),
    broxton: { ids: '0a84 1a84 1a85 5a84 5a85', generation: 9 },
    others: null,
  },
];

/**
 * @param device four lower-case hex digits
 * @returns null where this QEMU does not know the device
 */
export function qemuGeneration(device: string, version: QemuVersion): number | null {
  const table = TABLES.find(({ before }) => isBefore(version, before));
  if (table === undefined) return null;
  if (table.broxton.ids.includes(device)) return table.broxton.generation;
  return table.prefixes[device.slice(0, 2)] ?? table.others;
}

function byGeneration(rows: Readonly<Record<number, string>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([generation, prefixes]) =>
      prefixes.split(' ').map((prefix) => [prefix, Number(generation)] as const),
    ),
  );
}
