import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { loadTrace } from '../trace/store.ts';
import { parseVmConfig, valueOf } from '../vmconfig/parse.ts';

const traces = join(import.meta.dirname, '../../scenarios/traces/n100');

test('the reported N100, before the fix: fails by statement, and a missing ROM is the likely cause', async () => {
  const result = judge(await loadTrace(join(traces, 'before')));
  expect(result).toMatchObject({
    verdict: 'fail',
    by: 'statement',
    evidenceClass: 'reported',
    asExpected: true,
  });
  expect(result.findings[0]).toMatchObject({ id: 'rom.missing', severity: 'cause', confidence: 'likely' });
  expect(Object.values(result.checks)).toEqual(Array(12).fill('unobserved'));
});

test('after the fix: passes by statement, without a count', async () => {
  const result = judge(await loadTrace(join(traces, 'after')));
  expect(result).toMatchObject({
    verdict: 'pass',
    by: 'statement',
    evidenceClass: 'reported',
    asExpected: true,
  });
});

test('the suggested fix is the config that worked, in the keys the reporter calls critical', async () => {
  const [before, after] = await Promise.all(['before', 'after'].map((name) => loadTrace(join(traces, name))));
  const pasted = parseVmConfig((before && judge(before).findings[0]?.fix?.paste?.both) ?? '');
  const worked = parseVmConfig(after?.header.cell.config ?? '');
  const parts = (config: typeof pasted, key: string): readonly string[] =>
    (valueOf(config, key) ?? 'missing').split(/,|(?<!-set) /).sort();
  for (const key of ['hostpci0', 'args', 'cpu', 'vga'])
    expect(parts(pasted, key)).toEqual(parts(worked, key));
});
