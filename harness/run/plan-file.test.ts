import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newPlan, type Plan, readPlans, workOnPlan } from './plan-file.ts';
import { NothingToResume, planToResume } from './resume.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'code43-plans-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

const asked = { tool: '0.0.0', host: null, retries: 0 };
const plan = (id: string): Plan => ({ ...newPlan([], asked), id });

test('a plan is on disk before its work begins, and ended when nothing is left', async () => {
  const directory = await folder();
  const mine = newPlan([], asked);
  await workOnPlan(directory, mine, async () => {
    expect(await readPlans(directory)).toEqual([mine]);
    return { complete: true };
  });
  expect(await readPlans(directory)).toMatchObject([{ id: mine.id, ended: expect.any(String) as unknown }]);
  expect(await readdir(join(directory, 'plans'))).toEqual([`${mine.id}.json`]);
});

test('the last plan with something left is gone on with, or the one that is named', async () => {
  const directory = await folder();
  const ids = ['20260101T000000Z-aaaaaa', '20260102T000000Z-bbbbbb', '20260103T000000Z-cccccc'];
  for (const id of ids) {
    await workOnPlan(directory, plan(id), () => Promise.resolve({ complete: id.endsWith('cccccc') }));
  }
  expect((await planToResume(directory, null)).id).toBe(ids[1]);
  expect((await planToResume(directory, ids[0] ?? null)).id).toBe(ids[0]);
  await expect(planToResume(directory, ids[2] ?? null)).rejects.toThrow(/cccccc ended at/);
  await expect(planToResume(directory, 'other')).rejects.toThrow(/no plan other/);
});

test('files that are no plans are passed over', async () => {
  const directory = await folder();
  await expect(planToResume(directory, null)).rejects.toThrow(NothingToResume);
  await workOnPlan(directory, plan('20260101T000000Z-aaaaaa'), () => Promise.resolve({ complete: false }));
  await writeFile(join(directory, 'plans', '20260102T000000Z-bbbbbb.json'), '{"schema": 2}');
  await writeFile(join(directory, 'plans', 'notes.json'), '{}');
  expect((await planToResume(directory, null)).id).toBe('20260101T000000Z-aaaaaa');
});
