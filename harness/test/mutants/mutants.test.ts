import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header, Script, traceOf } from '../../judge/fixtures/traces.ts';
import { judge } from '../../judge/judge.ts';
import { finding } from '../../judge/rule.ts';
import { readTrace, TraceError } from '../../trace/read.ts';
import { checkMutant, originalOf, type Original } from './check-mutant.ts';
import { whyExcluded } from './excludes.ts';
import { mutate, planOf, SEALS } from './mutant.ts';
import { MUTATIONS } from './mutations.ts';
import { deceptionText, originals, runMutants } from './run.ts';

/** Of all traces together, at least, with each seed; `npm run test:mutants` makes thousands of each. */
const MUTANTS = 2_000;
const FIXED = 4343;
const fresh = Date.now() % 2 ** 32;

const all = await originals();
const each = Math.ceil(MUTANTS / all.length);

test.each([FIXED, fresh])('no mutant of any trace deceives the judge (seed %i)', (seed) => {
  const { mutants, deceptions } = runMutants(all, each, seed);
  expect(mutants).toBe(all.length * each);
  expect(deceptions.map(deceptionText).join('\n')).toBe('');
});

test('committed traces are among the originals, and each is as its own header expects', () => {
  const named = all.map(({ name }) => name);
  expect(named).toEqual(
    expect.arrayContaining(['n100/before', 'local/good-rom', 'local/no-rom', 'local/linux']),
  );
  const own = all.filter(({ name }) => !name.startsWith('made up'));
  expect(own.filter(({ shown }) => shown.result.asExpected !== true).map(({ name }) => name)).toEqual([]);
});

const goodRom = (): Original => {
  const original = all.find(({ name }) => name === 'local/good-rom');
  if (original === undefined) throw new Error('no trace local/good-rom');
  return original;
};

test('a mutant is the same for the same seed, and leaves its original as it was', () => {
  const { trace } = goodRom();
  const before = JSON.stringify(trace);
  for (let seed = 0; seed < 300; seed += 1)
    expect(mutate(trace, planOf(seed))).toEqual(mutate(trace, planOf(seed)));
  expect(JSON.stringify(trace)).toBe(before);
});

test.each(SEALS)('%s: what the reader makes of it', (seal) => {
  const { trace } = goodRom();
  const steps = [{ mutation: 'drop', seed: 5 }] as const;
  const { headerText, eventsText } = mutate(trace, { seal, steps });
  if (seal === 'damaged') expect(() => readTrace(headerText, eventsText)).toThrow(TraceError);
  else expect(readTrace(headerText, eventsText).events).toHaveLength(trace.events.length - 1);
});

test.each(Object.entries(MUTATIONS))('%s changes something', (mutation) => {
  const { trace } = goodRom();
  const texts = Array.from({ length: 20 }, (_, seed) => {
    const steps = [{ mutation: mutation as keyof typeof MUTATIONS, seed }];
    return mutate(trace, { seal: 'damaged', steps }).eventsText;
  });
  expect(new Set(texts).size).toBeGreaterThan(5);
});

test('no byte changed in either file makes the reader or the judge throw anything but a TraceError', () => {
  const { trace } = goodRom();
  const events = trace.events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const files = { header: JSON.stringify({ ...trace.header, events: null }), events };
  const edit = fc.record({
    part: fc.constantFrom('header' as const, 'events' as const),
    at: fc.nat(files.events.length),
    cut: fc.nat(20),
    put: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom('null', '1e999', '[]', '{"__proto__":1}'),
    ),
  });
  let survived = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const changed = { ...files };
      for (const { part, at, cut, put } of edits) {
        const text = changed[part];
        const place = at % text.length;
        changed[part] = text.slice(0, place) + put + text.slice(place + cut);
      }
      try {
        judge(readTrace(changed.header, changed.events));
        survived += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(TraceError);
      }
    }),
    { numRuns: 400 },
  );
  expect(survived).toBeGreaterThan(0);
});

const failing = traceOf(new Script().boot().code(43, 4).end());
const passing = traceOf(new Script().boot().healthy(4).end());

test('a judge that passed what had failed would be caught', () => {
  const { shown } = originalOf('fails', failing);
  const caught = checkMutant({ name: 'turned', trace: { ...passing }, shown }, seedThatKeepsPass());
  expect(caught?.wrong).toContain('verdict fail became pass');
});

/** A mutant whose only change means nothing, such as a delay of the very last event. */
function seedThatKeepsPass(): number {
  const seeds = Array.from({ length: 2_000 }, (_, seed) => seed);
  const found = seeds.find((seed) => judge(mutate(passing, planOf(seed)).trace).verdict === 'pass');
  return found ?? 0;
}

test.each([
  ['rom.missing', 0, 'the untouched trace passes', passing],
  ['driver.wrong', 0, 'every answer shows the expected driver', failing],
  ['rom.missing', 0, 'a ROM was given', failing],
  ['rom.invalid', null, 'no ROM with an error was given', failing],
  ['config.unknown-bus', 0, 'QEMU greeted at every start', failing],
  ['something.else', null, 'the untouched trace does not name it', failing],
] as const)('the cause %s (boot %s) is excluded where %s', (id, boot, why, trace) => {
  const named = finding({ id, boot, severity: 'cause', title: '', detail: '' });
  expect(whyExcluded(originalOf('', trace).shown, named)).toBe(why);
});

test('what the untouched trace leaves open may be named', () => {
  const none = header({ rom: { ref: 'none', sha256: null, facts: null } });
  const trace = { ...failing, header: { ...failing.header, rom: none.rom } };
  const named = finding({ id: 'rom.missing', severity: 'cause', title: '', detail: '' });
  expect(whyExcluded(originalOf('', trace).shown, named)).toBeNull();
});
