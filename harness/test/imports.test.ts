import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HOUSE } from './house.ts';
import { readImports, violations } from './imports.ts';

const harness = resolve(import.meta.dirname, '..');

test('every import goes the way the house allows', async () => {
  const imports = await readImports(harness);
  expect(imports.size).toBeGreaterThan(20);
  expect([...imports.values()].flat().length).toBeGreaterThan(imports.size);
  expect(violations(imports, HOUSE)).toEqual([]);
});

test('the arrows run in no circle', () => {
  // What lies one file deep (`run/plan-event`) is a leaf that its folder may not pull back in.
  const next = (folder: string) => (HOUSE.arrows[folder] ?? []).filter((to) => !to.includes('/'));
  const walk = (folder: string, path: readonly string[]): void => {
    expect(path, `${[...path, folder].join(' → ')} is a circle`).not.toContain(folder);
    for (const to of next(folder)) walk(to, [...path, folder]);
  };
  for (const folder of Object.keys(HOUSE.arrows)) walk(folder, []);
});

test.each([
  ['run/boots.ts', 'cli/main.ts', 'nobody imports the command line'],
  ['judge/verdict.ts', 'host/host.ts', 'the judge knows no host'],
  ['wire/qmp.ts', 'host/host.ts', 'the wire knows no VM'],
  ['report/terminal.ts', 'run/lifecycle.ts', 'reports see events only'],
  ['attic/new.ts', 'trace/event.ts', 'a folder that the table does not name'],
  ['trace/read.ts', 'trace/read.test.ts', 'a test'],
  ['judge/verdict.ts', 'node:fs', 'Node in a pure file'],
  ['judge/verdict.ts', 'fs', 'Node in a pure file, by its old name'],
  ['judge/verdict.ts', 'zod', 'a heavy package in a pure file'],
  ['judge/verdict.ts', 'trace/recorder.ts', 'an impure file in a pure folder'],
  ['guest/answers/windows.ts', 'guest/probe.ts', 'an impure neighbour'],
  ['host/qemu/driver.ts', 'zx', 'a package beside its door'],
  ['host/qemu/driver.ts', 'zx/core', 'a part of a package beside its door'],
  ['host/qemu/driver.ts', 'host/proxmox/config.ts', 'one driver in another'],
])('%s may not import %s (%s)', (file, target) => {
  expect(violations(new Map([[file, [target]]]), HOUSE)).not.toEqual([]);
});

test.each([
  ['cli/commands/rom.ts', 'commander'],
  ['report/progress.ts', 'run/plan-event.ts'],
  ['report/progress/live.ts', 'listr2'],
  ['wire/shell.ts', 'zx/core'],
  ['judge/timeline.ts', 'guest/answers/read-answer.ts'],
  ['judge/timeline.ts', 'zod/mini'],
  ['judge/timeline.test.ts', 'node:fs'],
  ['trace/recorder.ts', 'node:fs'],
  ['host/qemu/driver.ts', 'host/host.ts'],
  ['test/whole-tool.ts', 'cli/main.ts'],
])('%s may import %s', (file, target) => {
  expect(violations(new Map([[file, [target]]]), HOUSE)).toEqual([]);
});
