import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadCells, type Loaded } from './load.ts';
import { ownerFile } from './owner.ts';
import { scenarioTree, SMALL } from './scenario-tree.ts';

const PANIC = '-device pvpanic-pci';

/** Loads one scenario whose args hold `args`, on a machine whose owner's file is `owner`. */
async function load(args: string, owner: string): Promise<Loaded> {
  const scenario = SMALL.replace('config: |\n', `config: |\n  args: ${args}\n`);
  const root = await scenarioTree({ 'scenarios/a.yaml': scenario });
  const file = path.join(root, 'hosts.yaml');
  await writeFile(file, owner);
  return loadCells(root, [], { owner: file });
}

test('a line that the owner allows on this host is taken, and who allowed it is said', async () => {
  const { cells, problems } = await load(PANIC, `local:\n  args:\n    - ${PANIC}\n`);
  expect(problems).toEqual([]);
  expect(cells[0]?.ownerArgs).toEqual([{ text: PANIC, where: 'hosts.yaml:3' }]);
});

test.each([
  ['other words', '-device pvpanic', `local: { args: ["${PANIC}"] }`],
  ['one word more', `${PANIC} -S`, `local: { args: ["${PANIC}"] }`],
  ['one word less', '-device', `local: { args: ["${PANIC}"] }`],
  ['another order', 'pvpanic-pci -device', `local: { args: ["${PANIC}"] }`],
  ['another host', PANIC, `n100: { args: ["${PANIC}"] }`],
  ['no line', PANIC, 'local: {}'],
])('%s: not allowed', async (_, args, owner) => {
  const { cells, problems } = await load(args, owner);
  expect(cells).toEqual([]);
  expect(problems[0]?.message).toContain('is not allowed');
});

test.each([
  ['local:\n  arg: []\n', '2:3: unknown key "arg"', 'did you mean "args"?'],
  ['local:\n  args: yes\n', '2:9: local.args: expected a list of lines', null],
  [
    'local:\n  args:\n    - "-device \'x"\n',
    '3:7: local.args.0: expected words, with every quote closed',
    null,
  ],
])('%j is a problem with its place', async (owner, place, hint) => {
  const { problems } = await load(PANIC, owner);
  const [problem] = problems;
  expect(`${problem?.line}:${problem?.column}: ${problem?.message}`).toContain(place);
  if (hint !== null) expect(problem?.hint).toBe(hint);
});

test('without the file nothing is allowed, and it lies where XDG says', async () => {
  const root = await scenarioTree({ 'scenarios/a.yaml': SMALL });
  const { problems } = await loadCells(root, [], { owner: path.join(root, 'nowhere.yaml') });
  expect(problems).toEqual([]);
  expect(ownerFile({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/x/code43/hosts.yaml');
  expect(ownerFile({ XDG_CONFIG_HOME: 'x', HOME: '/h' })).toBe('/h/.config/code43/hosts.yaml');
});
