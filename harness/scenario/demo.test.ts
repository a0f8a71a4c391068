import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadCells } from './load.ts';
import { scenarioTree } from './scenario-tree.ts';

it('expands the demo scenarios for this machine to the cells they promise', async () => {
  const root = await scenarioTree({});
  await cp(path.join(import.meta.dirname, '../../scenarios'), path.join(root, 'scenarios'), {
    recursive: true,
  });
  const { cells, problems, notes } = await loadCells(root, ['local', 'machines'], { cwd: root });
  expect(problems).toEqual([]);
  expect(notes).toEqual([]);
  expect(cells.map(({ id, expect: { verdict, finding } }) => [id, verdict, finding])).toEqual([
    ['local/linux-q35', 'pass', undefined],
    ['local/rom-pc:rom=none', 'fail', 'rom.missing'],
    ['local/rom-pc:rom=test/good', 'pass', undefined],
    ['local/rom-q35:rom=none', 'fail', 'rom.missing'],
    ['local/rom-q35:rom=test/bad-header', 'fail', 'rom.invalid'],
    ['local/rom-q35:rom=test/truncated', 'fail', 'rom.invalid'],
    ['local/rom-q35:rom=test/legacy-only', 'fail', 'rom.no-efi-image'],
    ['local/rom-q35:rom=test/good', 'pass', undefined],
    ['machines/pc:config.vga=none', 'pass', undefined],
    ['machines/pc:config.vga=std', 'fail', 'config.slot-busy'],
    ['machines/q35', 'pass', undefined],
  ]);
});
