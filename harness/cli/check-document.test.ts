import { expect, it } from 'vitest';
import type { Loaded } from '../scenario/load.ts';
import { loadCells } from '../scenario/load.ts';
import { scenarioTree, SMALL } from '../scenario/scenario-tree.ts';
import { checkDocument, checkExitCode, checkText } from './check-document.ts';

async function check(text: string): Promise<{ found: ReturnType<typeof checkDocument>; loaded: Loaded }> {
  const loaded = await loadCells(await scenarioTree({ 'scenarios/a.yaml': text }), []);
  const previews = loaded.cells.map((cell) => ({
    cell,
    command: ['qemu -x'],
    notHonoured: ['vga'],
    why: null,
  }));
  return { found: checkDocument(loaded, previews), loaded };
}

it('prints for each cell what would be run, and ends with 0', async () => {
  const { found, loaded } = await check(SMALL);
  expect(checkExitCode(found)).toBe(0);
  expect(checkText(found, loaded.sources)).toContain(`a:rom=none
  Small
  host local, guest standin-windows, ROM none, boots start
  expected fail with rom.missing
  $ qemu -x
  not honoured here: vga
`);
  expect(checkText(found, loaded.sources)).toContain('2 cells in 1 scenario, no problems');
});

it('prints what is wrong with its line, and ends with 2', async () => {
  const { found, loaded } = await check(SMALL.replace('guest:', 'gest:'));
  expect(checkExitCode(found)).toBe(2);
  expect(checkText(found, loaded.sources)).toContain(`scenarios/a.yaml:3:1: unknown key "gest"
  3 | gest: standin-windows
    | ^
    = did you mean "guest"?`);
});

it('ends with 4 where there is nothing to check', () => {
  const nothing = { cells: [], problems: [], notes: [] };
  expect(checkExitCode(nothing)).toBe(4);
  expect(checkText(nothing, new Map())).toBe('no cell found\n');
});

it('says one thing as JSON and as text', async () => {
  const { found } = await check(SMALL);
  expect(JSON.parse(JSON.stringify(found))).toMatchObject({
    cells: [{ id: 'a:rom=none', rom: 'none', command: ['qemu -x'] }, { id: 'a:rom=test/good' }],
    problems: [],
  });
});
