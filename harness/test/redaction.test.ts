import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header, Script, traceOf } from '../judge/fixtures/traces.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import { Recorder } from '../trace/recorder.ts';
import { createRedactor } from '../trace/redact.ts';
import { loadTrace } from '../trace/store.ts';
import type { Trace } from '../trace/read.ts';

const NAMES = ['lab-tower', '/home/somebody'];
const identity = fc.constantFrom(
  '3c:ec:ef:01:02:03',
  '3C:EC:EF:0a:0b:0c',
  '192.168.7.9',
  '10.1.2.3',
  '6d1fbb1c-5a1e-4c57-9d2c-0f7a5c3b9a10',
  ...NAMES,
);
/** Text with identities in it, such as consoles, kernels and QEMU print. */
const text = fc
  .array(
    fc.oneof(
      identity,
      fc.constantFrom('Code 43', 'works', 'romfile', '0000:00:02.0'),
      fc.string({ maxLength: 8 }),
    ),
  )
  .map((parts) => parts.join(' '));

/** Whole runs of every outcome, with identities wherever a text is recorded. */
const run = fc
  .record({
    code: fc.constantFrom(null, 43, 28),
    serial: fc.array(text, { maxLength: 3 }),
    stderr: fc.array(text, { maxLength: 3 }),
    kernel: fc.array(text, { maxLength: 2 }),
    failed: fc.option(text),
    refused: fc.option(text),
    silences: fc.nat(2),
  })
  .map(({ code, serial, stderr, kernel, failed, refused, silences }) => {
    const script = new Script().boot();
    for (const line of serial) script.add({ ch: 'serial', line });
    for (const line of stderr) script.add({ ch: 'exec', kind: 'stderr', program: 'qemu', line });
    for (const line of kernel)
      script.add({
        ch: 'kernel',
        line: `vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff ${line}`,
      });
    if (refused !== null) script.add({ ch: 'agent', kind: 'refused', command: 'guest-exec', error: refused });
    if (code === null) script.healthy(4);
    else script.code(code, 4);
    for (let i = 0; i < silences; i += 1)
      script.add({ ch: 'agent', kind: 'silent', command: 'guest-exec', waited: 5 });
    script.end();
    if (failed !== null) script.add({ ch: 'note', kind: 'lab.error', text: failed });
    // A trace tells the time in milliseconds.
    const whole = traceOf(script);
    return {
      ...whole,
      events: whole.events.map((event) => ({ ...event, t: Math.round(event.t * 1000) / 1000 })),
    };
  });

test('what is judged from a redacted trace is what would have been judged without, but for the pseudonyms', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'code43-redaction-'));
  let runs = 0;
  try {
    await fc.assert(
      fc.asyncProperty(run, async (trace) => {
        runs += 1;
        const recorded = judge(await recordedIn(join(folder, String(runs)), trace));
        expect(withoutNumbers(recorded)).toEqual(withoutNumbers(pseudonymous(judge(trace))));
      }),
      { numRuns: 50 },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The trace as a run would have left it on disk. */
async function recordedIn(directory: string, { header: context, events }: Trace): Promise<Trace> {
  const recorder = new Recorder(directory, context, {
    clock: () => 0,
    names: NAMES,
    onEvent: () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  for (const event of events) recorder.record(event, event.t);
  recorder.close();
  return loadTrace(directory);
}

function pseudonymous(result: Result): Result {
  return createRedactor(NAMES).data(result) as Result;
}

/** Which of two MACs or UUIDs comes first decides its pseudonym, and a result need not quote both. */
function withoutNumbers(result: Result): unknown {
  const json = JSON.stringify({ ...result, trace: null });
  const plain = json
    .replace(/02:00:00:00:00:[0-9a-f]{2}/g, 'MAC')
    .replace(/00000000-0000-4000-8000-\d{12}/g, 'UUID');
  return JSON.parse(plain);
}

test('the identities are gone, and the verdict is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'code43-redaction-'));
  try {
    const script = new Script().boot();
    for (const line of NAMES) script.add({ ch: 'serial', line: `${line} 192.168.7.9 3c:ec:ef:01:02:03` });
    const trace = await recordedIn(join(folder, 'trace'), traceOf(script.healthy(4).end()));
    expect(JSON.stringify(trace.events)).not.toMatch(/lab-tower|somebody|192\.168|3c:ec/);
    expect(judge(trace)).toMatchObject({ verdict: 'pass', run: header().id });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
