import { describe, expect, test } from 'vitest';
import { adapter, problem } from '../guest/answers/fixtures/windows-answer.ts';
import { Script, verdictOf } from './fixtures/traces.ts';
import { problemCode } from '../guest/answers/problem-codes.ts';
import type { Result } from './result.ts';

function judged(script: Script): Result {
  return verdictOf(script.end());
}

const ids = (result: Result): readonly string[] => result.findings.map(({ id }) => id);
const at = (slot: number): Record<string, unknown> => ({
  LocationPaths: [`PCIROOT(0)#PCI(${slot.toString(16).padStart(2, '0').toUpperCase()}00)`],
  BusNumber: 0,
  Address: slot * 65_536,
});
const UNPLACED = { LocationPaths: null, BusNumber: null, Address: null };

describe('a problem code', () => {
  const codes = Array.from({ length: 57 }, (_, index) => index + 1);

  test.each(codes)('%i that settles is no pass, and is named as Windows names it', (code) => {
    const result = judged(new Script().boot().code(code, 5));
    const known = problemCode(code);
    const expected = known?.passing === true ? 'inconclusive' : 'fail';
    expect(result.verdict).toBe(expected);
    if (expected === 'inconclusive') expect(ids(result)).toEqual(['guest.not-ready']);
    else expect(ids(result)[0]).toBe(known?.noDriver === true ? 'driver.missing' : `device.code-${code}`);
  });

  test('that Windows does not document fails too', () => {
    expect(judged(new Script().boot().code(99, 5)).findings[0]).toMatchObject({ id: 'device.problem' });
  });

  test('is shown with the problem status behind it, where Windows gives one', () => {
    const gpu = [problem(31, { ProblemStatus: '0xC0000001' })];
    expect(judged(new Script().boot().samples(4, gpu)).findings[0]?.detail).toContain('0xC0000001');
  });

  test('that came late fails, and the evidence has the health before it', () => {
    const [first] = judged(new Script().boot().healthy(2).code(43, 4)).findings;
    expect(first).toMatchObject({ id: 'device.code-43', detail: expect.stringContaining('late') as string });
    expect(first?.evidence[0]?.text).toContain('healthy');
  });

  test('0 with a flag that says there is a problem is no health', () => {
    const torn = adapter({ DevNodeStatus: '0x0180240A' });
    expect(ids(judged(new Script().boot().samples(4, [torn])))).toEqual(['device.not-started']);
  });
});

describe('the device under test is chosen by id and address', () => {
  const twin = (properties: Record<string, unknown>): unknown => problem(10, properties);

  test.each([
    ['before it', [twin(at(3)), adapter()]],
    ['behind it', [adapter(), twin(at(3))]],
    ['of unknown address', [twin(UNPLACED), adapter()]],
  ])('a broken one of the same id %s changes nothing', (_, gpu) => {
    expect(judged(new Script().boot().samples(4, gpu)).verdict).toBe('pass');
  });

  test('a healthy one of the same id elsewhere does not hide it', () => {
    expect(judged(new Script().boot().samples(4, [adapter(at(3)), problem(43)])).verdict).toBe('fail');
  });

  test('elsewhere alone, it is absent, and the finding says where it is', () => {
    const [first] = judged(new Script().boot().samples(4, [adapter(at(3))])).findings;
    expect(first).toMatchObject({
      id: 'device.absent',
      detail: expect.stringContaining('00:03.0') as string,
    });
  });

  test('two of unknown address cannot be told apart', () => {
    const result = judged(new Script().boot().samples(4, [adapter(UNPLACED), adapter(UNPLACED)]));
    expect(result.verdict).toBe('inconclusive');
  });
});

describe('a device that goes away', () => {
  test('fails as gone, not as one that never was', () => {
    const [first] = judged(new Script().boot().healthy(2).samples(4, [])).findings;
    expect(first?.id).toBe('device.vanished');
    expect(first?.evidence.map(({ text }) => text)[0]).toContain('healthy');
  });

  test('and never was is absent', () => {
    expect(ids(judged(new Script().boot().samples(4, [])))).toEqual(['device.absent']);
  });
});

describe('a hybrid start', () => {
  const woken = { start: { type: 1 } };

  test('is told of a start, which counts', () => {
    const result = judged(new Script().boot().samples(4, [adapter()], woken));
    expect(result.verdict).toBe('pass');
    expect(result.findings).toMatchObject([{ id: 'boot.hybrid-start', boot: 0 }]);
  });

  test.each(['reset', 'reboot'] as const)('does not count as a %s', (kind) => {
    const script = new Script().boot().healthy(4).end().boot(kind).samples(4, [adapter()], woken).end();
    const result = verdictOf(script, { cell: { boots: ['start', kind] } });
    expect(result.boots.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive']);
  });

  test('does not excuse a problem code', () => {
    const script = new Script()
      .boot()
      .healthy(4)
      .end()
      .boot('reset')
      .samples(4, [problem(43)], woken)
      .end();
    expect(verdictOf(script, { cell: { boots: ['start', 'reset'] } }).verdict).toBe('fail');
  });
});
