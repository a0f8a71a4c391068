import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header, Script, traceOf } from '../../judge/fixtures/traces.ts';
import { eventLines, traceSummary } from './trace.ts';
import { width } from './width.ts';

const TERMINAL = { columns: 80, colour: false };

test('no line is wider than the terminal, whatever was observed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { minLength: 1 }),
      fc.boolean(),
      (texts, full) => {
        const script = new Script();
        for (const text of texts) {
          script.add({ ch: 'serial', line: text }).add({ ch: 'note', kind: 'info', text });
          script.add({ ch: 'exec', kind: 'spawn', program: text, pid: 1, argv: texts });
          script.add({ ch: 'agent', kind: 'reply', command: text, data: { [text]: text } });
        }
        const lines = eventLines(script.events, { width: full ? 'whole' : 'terminal' }, TERMINAL);
        for (const line of lines) {
          expect(width(line)).toBeLessThanOrEqual(80);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('events alike in a row are counted', () => {
  const script = new Script();
  for (let at = 0; at < 500; at += 1)
    script.add({ ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: true } }, 1);
  script.add({ ch: 'serial', line: 'other' }, 1);
  expect(eventLines(script.events, { width: 'terminal' }, TERMINAL)).toEqual([
    '    1     1.000 qmp       RESET {"guest":true}',
    '    2     2.000 qmp       RESET {"guest":true}',
    '                          … 498 more like it until 500.000',
    '  501   501.000 serial    other',
  ]);
});

test('what stands above the events fits and says what there is', () => {
  const { header: head, events } = traceOf(new Script().boot().healthy(2).end());
  const lines = traceSummary({ ...head, redacted: { version: '1.2.3' } }, events, TERMINAL);
  expect(lines.join(' ')).toContain('redacted by 1.2.3');
  expect(lines.join(' ')).toMatch(/\d+ events over \d+\.\d s: note 3, exec 1, qmp 1, agent 4/);
  const long = header({ cell: { name: 'x', id: 'y'.repeat(300) } });
  for (const line of traceSummary(long, events, TERMINAL)) expect(width(line)).toBeLessThanOrEqual(80);
});
