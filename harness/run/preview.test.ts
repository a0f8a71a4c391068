import { expect, it } from 'vitest';
import type { Cell } from '../scenario/cell.ts';
import { loadCells } from '../scenario/load.ts';
import { scenarioTree, SMALL } from '../scenario/scenario-tree.ts';
import { previewCells } from './preview.ts';

async function cells(): Promise<readonly Cell[]> {
  return (await loadCells(await scenarioTree({ 'scenarios/a.yaml': SMALL }), [])).cells;
}

it('says that nothing is known of the way to a host', async () => {
  const previews = await previewCells(await cells(), () => Promise.resolve(null));
  expect(previews.map(({ why }) => why)).toEqual(
    Array(2).fill(expect.stringMatching(/^nothing here says how to reach the host local/)),
  );
});

it('keeps going where a host cannot be opened, and says why', async () => {
  const previews = await previewCells(await cells(), () => Promise.reject(new Error('no QEMU here')));
  expect(previews.map(({ why, command }) => [why, command])).toEqual(Array(2).fill(['no QEMU here', []]));
});
