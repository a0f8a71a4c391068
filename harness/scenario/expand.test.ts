import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseVmConfig } from '../vmconfig/parse.ts';
import { checkPolicy } from '../vmconfig/policy.ts';
import type { Cell } from './cell.ts';
import { parseSource } from './document.ts';
import { expand } from './expand.ts';
import type { Library } from './library.ts';
import { SMALL } from './scenario-tree.ts';
import { ScenarioSchema } from './schema.ts';
import { validate } from './validate.ts';

const ADDRESS = '0000:00:02.0';
const LIBRARY: Library = {
  hosts: new Map([
    [
      'local',
      {
        id: 'local',
        name: 'QEMU',
        platform: 'qemu',
        igpu: {
          device: 'bochs-display',
          id: '1234:1111',
          address: ADDRESS,
          driver: { windows: { inf: 'x' } },
        },
        facts: {},
      },
    ],
  ]),
  guests: new Map([
    ['standin-windows', { id: 'standin-windows', name: 'Stand-in', probe: 'windows', agentDeadline: 120 }],
  ]),
  roms: new Map([
    ['none', { ref: 'none' }],
    ['test/good', { ref: 'test/good', file: 'good.rom', sha256: null, url: null, recipe: 'good' }],
  ]),
  owners: new Map(),
};

function cellsOf(text: string): readonly Cell[] {
  const { document } = parseSource('a.yaml', text);
  if (document === null) return [];
  const valid = validate(ScenarioSchema, document);
  if (valid.value === null) return [];
  const { cells, problems } = expand('a', { value: valid.value, document }, LIBRARY);
  expect(cells.length === 0).toBe(problems.length > 0);
  return cells;
}

const withAxis = (axis: string, values: readonly string[]): string =>
  SMALL.replace(/axes:\n.*\n/, `axes:\n  ${JSON.stringify(axis)}: ${JSON.stringify(values)}\n`).replace(
    / {2}- \{ when.*\n/,
    '',
  );

it('expands what the properties below change', () => {
  expect(cellsOf(SMALL)).toHaveLength(2);
  expect(cellsOf(withAxis('config.machine', ['pc', 'q35']))).toHaveLength(2);
});

it('lets no axis value bring in what the policy refuses, or another line of config', () => {
  const axis = fc.constantFrom(
    'config.args',
    'config.machine',
    'config.hostpci0',
    'config.hostpci0.romfile',
    'config.cpu',
    'config.vga.type',
    'config.memory',
    'config.hookscript',
  );
  const piece = fc.constantFrom(
    'q35',
    'pc',
    ',',
    '=',
    ' ',
    '\n',
    '"',
    '\\',
    'args: ',
    'hookscript: ',
    '-set device.hostpci0.addr=0x02.0',
    '-incoming exec:sh',
    '-drive',
    ADDRESS,
    '0000:00:1f.0',
    'romfile=',
    '/etc/passwd',
    '../x',
    'host',
    'none',
    '512',
  );
  const value = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(axis, value, (name, text) => {
      for (const { config } of cellsOf(withAxis(name, [text]))) {
        const parsed = parseVmConfig(config);
        expect([...parsed.problems, ...checkPolicy(parsed, { igpuAddress: ADDRESS, ownerArgs: [] })]).toEqual(
          [],
        );
        expect(
          parsed.entries.every(({ key }) => name.includes(key) || ['machine', 'hostpci0'].includes(key)),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

it('gives cells or problems for any damaged scenario, never an exception', () => {
  const damage = fc.tuple(
    fc.nat(SMALL.length),
    fc.nat(12),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\n', ': ', '[', '{', '- ', 'null', '|', '~', '  rom: 1\n'),
    ),
  );
  fc.assert(
    fc.property(damage, ([from, length, inserted]) => {
      const ids = cellsOf(SMALL.slice(0, from) + inserted + SMALL.slice(from + length)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 300 },
  );
});
