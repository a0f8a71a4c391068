import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyLine } from '../fixtures/any-run.ts';
import { hostile, passing } from '../fixtures/samples.ts';
import { CHECKS } from '../../trace/words.ts';
import { bytes } from './clip.ts';
import { decodeLine } from './decode.ts';
import { encodeLine } from './encode.ts';
import { LINE_BYTES, type HistoryLine } from './line.ts';
import { runRecord } from './run-record.ts';

const RUNS = { numRuns: 400 };
const decoded = (text: string): unknown => {
  const read = decodeLine(text.trimEnd());
  return 'line' in read ? read.line : read;
};
const record = runRecord(passing.header, passing.result, 'igfxn 32.0.101.7088') as HistoryLine;

test('a line is one line of at most 2000 bytes, whatever the run was', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const text = encodeLine(line);
      expect(bytes(text)).toBeLessThanOrEqual(LINE_BYTES);
      expect(text.indexOf('\n')).toBe(text.length - 1);
    }),
    RUNS,
  );
});

test('what was written is read again as the same, and written again as the same bytes', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const text = encodeLine(line);
      const again = decoded(text);
      expect(again).toMatchObject({ run: line.run, trace: line.trace, verdict: line.verdict });
      expect(encodeLine(again as HistoryLine)).toBe(text);
    }),
    RUNS,
  );
});

test('no text is cut within a character', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      // A pair that was whole in the run is whole in the line: JSON escapes only halves that were halves before.
      const family = '👩‍👩‍👧‍👦';
      const long = encodeLine({
        ...line,
        name: runRecord(passing.header, { ...passing.result, name: family.repeat(60) }, null).name,
      });
      const { name } = JSON.parse(long) as HistoryLine;
      expect(name.replace('…', '').replaceAll(family, '')).toBe('');
      expect(name.endsWith('…')).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test.each(['\u0000', '"', '😀', 'x'])(
  'a run whose every text is %j without end still has its line',
  (character) => {
    const endless = hostile(character.repeat(5_000));
    const host = { ...endless.header.host, name: endless.result.name, facts: endless.result.axes };
    const guest = { ...endless.header.guest, build: endless.result.name };
    const said = {
      ...endless.result,
      tool: endless.result.name,
      rules: endless.result.name,
      expect: { verdict: 'inconclusive', finding: endless.result.name } as const,
      checks: Object.fromEntries(CHECKS.map((check) => [check, 'no'])) as typeof endless.result.checks,
    };
    const run = runRecord({ ...endless.header, host, guest }, said, endless.result.name);
    const line = decoded(encodeLine({ ...run, trace: 'f'.repeat(64) }));
    expect(line).toMatchObject({ verdict: 'fail', trace: 'f'.repeat(64) });
  },
);

test('an ordinary run is kept whole', () => {
  const line = encodeLine(record);
  expect(decoded(line)).toEqual(record);
  expect(record.omitted).toEqual({ boots: 0, findings: 0, axes: 0, facts: 0 });
  expect(record.boots).toEqual([
    ['cold', 'cold', 'pass', 7],
    ['reset', 'reset', 'pass', 7],
    ['start', 'start', 'pass', 7],
  ]);
});

test('what finds no room is counted', () => {
  const many = { ...passing.result, findings: Array.from({ length: 9 }, () => FINDING) };
  const line = decoded(encodeLine(runRecord(passing.header, many, null) as HistoryLine)) as HistoryLine;
  expect(line.findings.length + line.omitted.findings).toBe(9);
  expect(line.findings.length).toBeGreaterThan(0);
  const long = {
    ...record,
    boots: Array.from({ length: 40 }, () => ['reset', 'reboot', 'inconclusive', 999] as const),
  };
  const short = decoded(encodeLine(long as unknown as HistoryLine)) as HistoryLine;
  expect(short.boots.length + short.omitted.boots).toBe(40);
});

test('two run ids that are cut stay two', () => {
  const ids = ['a', 'b'].map((end) => {
    const run = 'x'.repeat(5_000) + end;
    return runRecord(passing.header, { ...passing.result, run }, null).run;
  });
  expect(new Set(ids).size).toBe(2);
});

test.each([
  ['{"schema":2,"run":"x"}', 'newer', 'is of schema 2; this code43 reads up to 1'],
  ['{"schema":1,"run":"x"}', 'damaged', 'is no history line of schema 1 (trace: '],
  ['{"schema":"2"}', 'damaged', 'is no history line of schema 1 (schema: '],
  ['[]', 'damaged', 'is no history line of schema 1'],
  ['null', 'damaged', 'is no history line of schema 1'],
  ['{"schema":1', 'damaged', 'is not JSON'],
  [`"${'x'.repeat(LINE_BYTES)}"`, 'damaged', 'is longer than 2000 bytes'],
])('%s is %s', (text, kind, why) => {
  const read = decodeLine(text);
  expect(read).toMatchObject({ unreadable: kind });
  expect('why' in read && read.why.startsWith(why)).toBe(true);
});

test('no text at all makes the reader throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      expect(decodeLine(text)).toHaveProperty('unreadable');
    }),
  );
});

const FINDING = {
  id: 'rom.missing',
  severity: 'cause',
  confidence: 'likely',
  title: 'The device has no option ROM: the VM config gives none, and the firmware finds none either',
  detail: '',
  boot: null,
  evidence: [],
  fix: null,
  collect: [],
} as const;
