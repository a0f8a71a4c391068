import { describe, expect, it } from 'vitest';
import { type CaseSketch } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { signatureFindings } from './signature-findings.ts';

const ID = 'host.device-missing';
const LINE = "TASK ERROR: no PCI device found for '0000:00:02.0'";
const decides = (...lines: readonly string[]) => claimOf(signatureFindings, ID, { lines }).decides;

describe('a refusal in a machine’s own words', () => {
  it('decides', () => {
    expect(decides(LINE)).toBe(true);
  });

  it.each([
    'first',
    'firstly',
    'at first',
    'then',
    'before',
    'previously',
    'earlier',
    'initially',
    'originally',
    'was',
    'had',
    'used to',
    'until',
    'yesterday',
    'last week',
    'last month',
    'last time',
    'zuerst',
    'vorher',
  ])('decides nothing where its teller puts it into the past: %s', (when) => {
    expect(decides(`${when}: ${LINE}`)).toBe(false);
    expect(decides(`- ${when.toUpperCase()} ${LINE}`)).toBe(false);
    expect(decides(`then: ${LINE}`, LINE)).toBe(true);
  });

  it.each([
    'fixed',
    'solved',
    'resolved',
    'gone',
    'corrected',
    'no longer',
    'cured',
    'mended',
    'behoben',
    'resuelto',
  ])('decides nothing where it is told to be over: %s', (over) => {
    expect(decides(`${LINE} -> ${over} now`)).toBe(false);
    expect(decides(`${LINE} -> ${over.toUpperCase()}`)).toBe(false);
  });

  it.each([`thenceforth ${LINE}`, `now and then ${LINE}`, `${LINE}, unfixed`, `${LINE}, fixedly`])(
    'decides where only part of it sounds so: %s',
    (line) => {
      expect(decides(line)).toBe(true);
    },
  );
});

it.each<readonly [CaseSketch, readonly string[]]>([
  [{}, []],
  [{ facts: { outcome: 'works' } }, []],
])('without a line nothing is found: %j', (sketch, expected) => {
  expect(found(signatureFindings, sketch)).toEqual(expected);
});

it('a line whose severity is none is no finding', () => {
  const lines = ['[drm] *ERROR* GT0: Numerical result out of range', 'i915 0000:00:02.0: Enabled 7 VFs'];
  expect(found(signatureFindings, { lines })).toEqual([]);
});
