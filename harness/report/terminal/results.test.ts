import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  failing,
  hostile,
  inconclusive,
  passing,
  samples,
  statement,
  unexpectedPass,
} from '../fixtures/samples.ts';
import { renderResult } from './result.ts';
import { renderResults } from './results.ts';
import { width } from './width.ts';

const results = samples.map(({ result }) => result);
const plain = { columns: 80, colour: false };

// What is to be pasted stands whole on its line, whatever the terminal's width.
const isPaste = (line: string): boolean => /^ {6,8}\S/.test(line);

test('each cell shows its verdict, whether it was expected, its class and its first finding', () => {
  const text = renderResults([failing.result], plain);
  expect(text).toMatch(
    /^fail +yes +live +n100\/win11:config\.machine=pc-q35-10\.0,\n +rom=none\n +rom\.missing: /m,
  );
});

test('a verdict that a statement carries says so', () => {
  expect(renderResults([statement.result], plain)).toContain('by statement; rom.missing');
});

test('an unexpected pass is said to be unexpected, with what was expected', () => {
  const text = renderResults([unexpectedPass.result], plain);
  expect(text).toMatch(/^pass +NO /m);
  expect(text).toContain('pass, NOT as expected (fail, rom.truncated): local/rom-q35:rom=truncated');
});

test('the fix is printed in its two labelled parts, each text on its own line', () => {
  const lines = renderResults([failing.result], plain)
    .split('\n')
    .map((line) => line.trim());
  const supported = lines.indexOf('Fix, supported by known facts:');
  const alsoSeen = lines.indexOf('Also seen in a working config, not shown to be needed:');
  const paste = lines.indexOf('hostpci0: 0000:00:02.0,romfile=12-n100-q10.rom');
  expect(supported).toBeGreaterThan(0);
  expect(paste).toBeGreaterThan(supported);
  expect(alsoSeen).toBeGreaterThan(paste);
  expect(lines.indexOf('cpu: host,hidden=1')).toBeGreaterThan(alsoSeen);
});

test('an explanation that two cells share is printed once', () => {
  const text = renderResults([failing.result, failing.result], plain);
  expect(text.match(/Fix, supported by known facts:/g)).toHaveLength(1);
  expect(text).toContain('explained above, with the fix');
});

test('a cell that passes as expected is not explained', () => {
  expect(renderResults([passing.result], plain)).toMatch(
    /rom=12-n100-q10\n\n1 run: 1 pass\. No verdict was unexpected\.\n$/,
  );
});

test.each([40, 60, 80, 120])('no line but a pasted one is wider than %i columns', (columns) => {
  const text =
    renderResults(results, { columns, colour: true }) +
    results.map((result) => renderResult(result, { columns, colour: true })).join('');
  const wide = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !isPaste(line) && width(line) > columns);
  expect(wide).toEqual([]);
});

test('without colour there is no escape code and no symbol', () => {
  expect(renderResults(results, plain)).not.toMatch(/[\u001b✔✘]/);
});

test('colour adds nothing but colour and marks', () => {
  const text = stripVTControlCharacters(renderResults([inconclusive.result], { columns: 80, colour: true }));
  expect(text).toContain('? inconclusive');
});

test('text from a guest cannot steer the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { result } = hostile(text);
      const shown = renderResults([result], plain) + renderResult(result, plain);
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('a run in detail shows boots, samples in a row, checks and findings in order of rank', () => {
  const text = renderResult(failing.result, plain);
  expect(text).toMatch(/boot 1 \(start\): fail, 201\.6 s, agent after 24\.6 s, settled/);
  expect(text).toContain('  code 43: 6 samples from 74.6 s to 199.6 s (#6 to #11)');
  expect(text).toMatch(/no: driverStarted; unobserved:\s+reset/);
  expect(text.indexOf('rom.missing: ')).toBeLessThan(text.indexOf('kernel.rom-line: '));
});
