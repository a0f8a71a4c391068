import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header } from '../judge/fixtures/traces.ts';
import { importTrace } from './import.ts';
import { readTrace, TraceError } from './read.ts';

const { id, tool, started, cell, host, guest, rom } = header();
const whole = importTrace(
  { id, tool, started, cell, host, guest, rom },
  { dmesg: ['[ 1.5] vfio-pci 0000:00:02.0: resetting\n[ 2.5] done'], statements: ['It works'] },
);

test('no damage to a trace is read as another trace: it is refused with its place, or nothing changed', () => {
  const damage = fc.record({
    part: fc.constantFrom('headerText', 'eventsText'),
    at: fc.nat(),
    cut: fc.nat(20),
    put: fc.string({ maxLength: 20 }),
  });
  const before = readTrace(whole.headerText, whole.eventsText);
  fc.assert(
    fc.property(damage, ({ part, at, cut, put }) => {
      const text = whole[part];
      const from = at % (text.length + 1);
      const files = { ...whole, [part]: text.slice(0, from) + put + text.slice(from + cut) };
      try {
        const read = readTrace(files.headerText, files.eventsText);
        if (part === 'eventsText') expect(read.events).toEqual(before.events);
        else expect(files.headerText === whole.headerText || read.digest !== before.digest).toBe(true);
      } catch (error) {
        if (!(error instanceof TraceError)) throw error;
        expect(error.message).toMatch(/^(trace\.json|events\.jsonl):\d+: /);
      }
    }),
    { numRuns: 2_000 },
  );
});
