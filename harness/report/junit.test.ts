import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Result } from '../judge/result.ts';
import {
  errored,
  failing,
  hostile,
  inconclusive,
  passing,
  samples,
  simulatedPass,
  skipped,
  unexpectedPass,
} from './fixtures/samples.ts';
import { junitXml } from './junit.ts';

interface Case {
  readonly '@name': string;
  readonly '@time': string;
  readonly failure?: Trouble;
  readonly error?: Trouble;
  readonly skipped?: string;
  readonly 'system-out': string;
}
interface Trouble {
  readonly '@message': string;
  readonly '@type': string;
  readonly '#text': string;
}
interface Suite {
  readonly '@name': string;
  readonly properties: {
    readonly property: readonly { readonly '@name': string; readonly '@value': string }[];
  };
  readonly testcase: readonly Case[];
}

const reader = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
});
const schema = await readFile(new URL('fixtures/junit.xsd', import.meta.url), 'utf8');

const write = (results: readonly Result[]): string =>
  junitXml(results, { name: 'code43', properties: { node: 'v20' } });

function suitesOf(xml: string): readonly Suite[] {
  const parsed = reader.parse(xml) as { testsuites: { testsuite: readonly Suite[] } };
  return parsed.testsuites.testsuite;
}

function caseOf(...results: readonly Result[]): Case {
  const [only] = suitesOf(write(results))[0]?.testcase ?? [];
  if (only === undefined) throw new Error('no test case was written');
  return only;
}

async function problems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema });
  return errors.map(({ message }) => message);
}

test('every kind of result is valid JUnit for Jenkins', async () => {
  expect(await problems(write(samples.map(({ result }) => result)))).toEqual([]);
});

test('a report without results is valid', async () => {
  expect(await problems(write([]))).toEqual([]);
});

test('a verdict as expected passes, and the verdict is shown', () => {
  const { failure, error, 'system-out': out } = caseOf(failing.result);
  expect([failure, error]).toEqual([undefined, undefined]);
  expect(out).toContain('attempt 1: fail, as expected: rom.missing: ');
});

test('an unexpected pass is a failure that says what was expected', () => {
  expect(caseOf(unexpectedPass.result).failure).toMatchObject({
    '@type': 'unexpected-pass',
    '@message': 'pass, expected fail with rom.truncated',
  });
});

test('an unexpected fail quotes its evidence and both parts of the fix', () => {
  const { failure } = caseOf({ ...failing.result, asExpected: false, expect: { verdict: 'pass' } });
  expect(failure?.['@type']).toBe('unexpected-fail');
  expect(failure?.['#text']).toContain('| kernel #5: vfio-pci 0000:00:02.0: Invalid PCI ROM header');
  expect(failure?.['#text']).toMatch(/fix, supported by known facts .*romfile=12-n100-q10\.rom/);
  expect(failure?.['#text']).toMatch(/also seen, not shown to be needed .*hidden=1/);
});

test('an unexpected inconclusive is a failure of its own type', () => {
  expect(caseOf(inconclusive.result).failure?.['@type']).toBe('inconclusive');
});

test('an error is an error and a skip is skipped', () => {
  expect(caseOf(errored.result).error?.['@message']).toContain('lab.device-busy');
  expect(caseOf(skipped.result).skipped).toBeDefined();
  expect(caseOf(skipped.result)['system-out']).toContain('QEMU 10.0.2 has no machine');
});

test('attempts of one cell are one test case with a line each', () => {
  const second = { ...passing.result, attempt: 2, run: 'second' };
  const { 'system-out': out, failure } = caseOf(second, passing.result);
  expect(out.split('\n').map((line) => line.slice(0, 10))).toEqual(['attempt 1:', 'attempt 2:']);
  expect(failure).toBeUndefined();
});

test('an attempt that is not as expected is not hidden by one that is', () => {
  const first = { ...passing.result, verdict: 'fail', asExpected: false } as const;
  const { failure } = caseOf(first, { ...passing.result, attempt: 2 });
  expect(failure).toMatchObject({ '@type': 'flaky', '@message': 'flaky 1/2: fail, expected pass' });
});

test('an attempt that was an error does not count against one that was as expected', () => {
  const { failure, error } = caseOf(passing.result, {
    ...passing.result,
    verdict: 'error',
    asExpected: false,
  });
  expect([failure, error]).toEqual([undefined, undefined]);
});

test('a suite is a scenario and carries the facts of the run', () => {
  const [suite] = suitesOf(write([simulatedPass.result]));
  expect(suite?.['@name']).toBe('local/rom-q35');
  const facts = suite?.properties.property.map((property) => [property['@name'], property['@value']]);
  expect(facts).toContainEqual(['hosts', 'local']);
  expect(facts).toContainEqual(['node', 'v20']);
});

test('time is in seconds, from the first boot to the last', () => {
  expect(caseOf(failing.result)['@time']).toBe('201.6');
});

test('no text breaks out of its place, and no control character stays', () => {
  const piece = fc.constantFrom(
    ']]>',
    '\u001b[31m',
    '<failure>',
    '&amp;',
    '\u0000',
    '\ud800',
    '\n',
    '"',
    '\uffff',
    'a',
  );
  const text = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (value) => {
      const xml = write([hostile(value).result]);
      expect(xml.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(suitesOf(xml).flatMap(({ testcase }) => testcase)).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});

test('text with several section ends is still valid', async () => {
  expect(await problems(write([hostile(']]><a/>]]><b>\u001b]0;x\u0007&\u0001').result]))).toEqual([]);
});
