import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './lines.ts';

function linesOf(chunks: readonly Buffer[], limit = 1000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(limit, (line, cut) => lines.push(line.toString() + (cut ? '…' : '')));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

test('the same lines come out wherever the stream is cut into chunks', () => {
  const line = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const edges = [
        0,
        ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ];
      const chunks = edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge));
      expect(linesOf(chunks)).toEqual(lines);
    }),
  );
});

test('a line longer than the limit is cut, says so, and the next line is whole', () => {
  expect(linesOf([Buffer.from('abc'), Buffer.from('defgh\nij\r\nkl')], 4)).toEqual(['abcd…', 'ij', 'kl']);
});

test('a line of exactly the limit is whole', () => {
  expect(linesOf([Buffer.from('abcd\n')], 4)).toEqual(['abcd']);
});
