import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayNotSet, ROOT_ONLY, rootOnly } from './rights.ts';
import { isHttp, transcript, TRANSCRIPTS } from './manager/transcripts.fixture.ts';

/** Configs that stood there when the transcripts were recorded, as far as rights ask. */
const BEFORE: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  114: new Map([
    ['hostpci0', '0000:00:02.0'],
    ['machine', 'q35'],
  ]),
  110: new Map([
    ['args', '-S'],
    ['serial0', 'socket'],
  ]),
};

/** Changes of a config that somebody else than root asked for, and whether only root may. */
const asked = TRANSCRIPTS.flatMap((name) => {
  const found = transcript(name);
  if (!isHttp(found) || found.method !== 'PUT' || /^(root@pam|ticket|none)$/.test(found.as)) return [];
  const { delete: remove, digest, skiplock, ...set } = found.params;
  // `m12`, `m13` and `m47` are of parameters, and not of keys.
  if (skiplock !== undefined || 'nosuch' in set || digest !== undefined) return [];
  const vmid = /qemu\/(\d+)\//.exec(found.path)?.[1] ?? '';
  const refused = /only root/i.test(found.reason + found.body);
  return [
    [
      name,
      { set, remove: remove?.split(',') ?? [] },
      BEFORE[vmid] ?? new Map<string, string>(),
      refused,
    ] as const,
  ];
});

test('there are such transcripts of both kinds', () => {
  expect(asked.filter(([, , , refused]) => refused).length).toBeGreaterThan(10);
  expect(asked.filter(([, , , refused]) => !refused).length).toBeGreaterThan(3);
});

test.each(asked)('%s: %j is told as the node told it', (_, change, before, refused) => {
  expect(rootOnly(change, before).length > 0).toBe(refused);
});

test('every transcript that a row names refused somebody for one of its keys', () => {
  for (const { keys, seen } of ROOT_ONLY) {
    for (const name of seen) {
      const found = transcript(name);
      if (!isHttp(found)) throw new Error(`${name} is no question to the API`);
      const touched = [...Object.keys(found.params), ...(found.params['delete'] ?? '').split(',')];
      expect([name, touched.some((key) => keys.test(key))]).toEqual([name, true]);
      expect(found.reason + found.body).toMatch(/only root/i);
    }
  }
});

const nothing = new Map<string, string>();

test.each([
  ['usb0', 'host=1234:5678', true],
  ['usb0', 'host=spice', false],
  ['usb0', 'mapping=stick', false],
  ['hostpci1', 'mapping=igpu,pcie=1', false],
  ['hostpci1', 'mapping=igpu,romfile=x.rom', true],
  ['scsi0', 'local:1,format=qcow2', false],
  ['scsi0', 'file=/dev/sda', true],
  ['ide2', 'none,media=cdrom', false],
  ['hookscript', 'local:snippets/x.pl', true],
  ['affinity', '0', true],
  ['hugepages', '2', true],
  ['vmgenid', '1', true],
  ['a-key-of-tomorrow', '1', true],
  ['machine', 'q35', false],
  ['description', 'x', false],
])('%s: %s needs root: %s', (key, value, root) => {
  expect(rootOnly({ set: { [key]: value } }, nothing).length > 0).toBe(root);
});

test('a key that is taken away is judged by what it holds, and one that is not there by nothing', () => {
  const before = new Map([
    ['hostpci0', '0000:00:02.0'],
    ['serial0', '/dev/ttyS0'],
  ]);
  expect(rootOnly({ remove: ['hostpci0', 'hostpci1', 'serial0'] }, before).map(({ key }) => key)).toEqual([
    'hostpci0',
    'serial0',
  ]);
  expect(rootOnly({ remove: ['args'] }, nothing).map(({ key }) => key)).toEqual(['args']);
});

test('root may all, and nobody is told a key twice or one that the change has not', () => {
  const key = fc.oneof(
    fc.constantFrom('args', 'hostpci0', 'serial0', 'scsi0', 'memory', 'lock'),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.string()),
      fc.array(key),
      fc.array(fc.tuple(key, fc.string())),
      (set, remove, held) => {
        const before = new Map(held);
        const told = rootOnly({ set, remove }, before).map((one) => one.key);
        expect(new Set(told).size).toBe(told.length);
        for (const one of told) expect([...Object.keys(set), ...remove]).toContain(one);
        expect(mayNotSet({ isRoot: true }, { set, remove }, before)).toEqual([]);
      },
    ),
  );
});
