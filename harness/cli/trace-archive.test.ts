import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tarOf } from '../collect/tar.ts';
import { TraceError, type TraceFiles } from '../trace/read.ts';
import { NoTraceInArchive, packTrace, unpackTrace } from './trace-archive.ts';

const TRACE = join(import.meta.dirname, '../../scenarios/traces/local/good-rom');
const FILES: TraceFiles = {
  headerText: await readFile(join(TRACE, 'trace.json'), 'utf8'),
  eventsText: await readFile(join(TRACE, 'events.jsonl'), 'utf8'),
  recordings: new Map(),
};
const packed = (files: Readonly<Record<string, string>>): Uint8Array =>
  gzipSync(
    tarOf(
      Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
      0,
    ),
  );
const { headerText, eventsText } = FILES;

test('what was packed is read again, and the same trace gives the same bytes', () => {
  expect(unpackTrace('a.tar.gz', packTrace(FILES))).toEqual(FILES);
  expect(Buffer.compare(packTrace(FILES), packTrace(FILES))).toBe(0);
});

test('a tar of a trace’s directory is read, whatever lies beside it', () => {
  const others = { 'x/kept.cast': 'z', 'x/notes.txt': 'y' };
  const archive = packed({ 'x/trace.json': headerText, 'x/events.jsonl': eventsText, ...others });
  expect(unpackTrace('a.tar.gz', archive)).toEqual(FILES);
});

test.each([
  ['no archive', Buffer.from(headerText), 'it is no .tar.gz'],
  ['no trace', packed({ 'x/y.txt': 'z' }), 'no trace.json'],
  ['two traces', packed({ 'a/trace.json': '{}', 'b/trace.json': '{}' }), 'one trace at a time'],
  ['one that is cut off', packTrace(FILES).subarray(0, 900), 'damaged or cut off'],
  [
    'a bomb',
    gzipSync(tarOf([{ name: 'x/trace.json', bytes: new Uint8Array(80 * 1_048_576) }], 0)),
    'larger than a trace',
  ],
  [
    'a bomb beside it',
    gzipSync(tarOf([{ name: 'x/y', bytes: new Uint8Array(80 * 1_048_576) }], 0)),
    'times its size',
  ],
])('%s is refused', (_, archive, why) => {
  expect(() => unpackTrace('a.tar.gz', archive)).toThrow(NoTraceInArchive);
  expect(() => unpackTrace('a.tar.gz', archive)).toThrow(why);
});

test('a recording that was changed is refused', () => {
  const changed = JSON.stringify({
    ...(JSON.parse(headerText) as object),
    recordings: [{ file: 'console.cast', bytes: 1, sha256: '0'.repeat(64) }],
  });
  const archive = packed({ 'x/trace.json': changed, 'x/events.jsonl': eventsText, 'x/console.cast': 'x' });
  expect(() => unpackTrace('a.tar.gz', archive)).toThrow('does not have the digest');
});

test('whatever the bytes, it is read or refused', () => {
  const whole = packTrace(FILES);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const damaged = Uint8Array.from(whole);
      damaged[at] = byte;
      try {
        expect(unpackTrace('a', damaged).eventsText).toBe(eventsText);
      } catch (error) {
        expect(error instanceof NoTraceInArchive || error instanceof TraceError, String(error)).toBe(true);
      }
    }),
  );
});
