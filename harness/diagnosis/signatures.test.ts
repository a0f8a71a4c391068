import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINDING_IDS } from './finding-id.ts';
import { SIGNATURES } from './signatures.ts';
import { EXAMPLES, MATCHED_LINES } from './signatures/examples.ts';

const CAPTURED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'rom-header': { device: '0000:00:02.0', got: '0xcffa' },
  'rom-data': { got: '0xe937aa55' },
  'iommu-group': { device: '0000:00:02.0', group: '0' },
  'dmar-host-width': { bits: '39' },
  'dmar-fault': { kind: 'Read', device: '00:02.0', address: '0x2c000000', reason: '0x06' },
  'dmar-rate': { count: '893' },
  'bar-reserve': { bar: '2', range: 'mem 0x4000000000-0x400fffffff 64bit pref' },
  'vfio-add': { vendor: '8086', id: '46d1' },
  'sriov-on': { vfs: '7' },
  'dma-map-22': { iova: '0x382000000000', size: '0x10000000' },
  'igd-legacy-illegal': { id: '46d1', gen: '12' },
  'romfile-missing': { file: '/usr/share/kvm/nosuch.rom' },
  'not-viable': { device: '0000:00:1f.3', group: '10' },
  container: { group: '0', why: 'Failed to set iommu for container: Operation not permitted' },
  'slot-busy': { slot: '2', by: 'VGA' },
  'property-unknown': { property: 'x-igd-lpc' },
  'args-no-device': { id: 'hostpci0' },
  'pve-in-use': { vmid: '112' },
  'virt-in-use': { domain: 'win10' },
  'guest-force-probe': { id: '46d1' },
  'problem-code': { code: '28', name: 'CM_PROB_FAILED_INSTALL' },
};

test('ids are unique and kebab case', () => {
  const ids = SIGNATURES.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('every capture that is expected belongs to a signature', () => {
  const ids = SIGNATURES.map(({ id }) => id);
  expect(Object.keys(CAPTURED).filter((id) => !ids.includes(id))).toEqual([]);
});

test('every signature has examples, and every example a signature', () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(SIGNATURES.map(({ id }) => id).toSorted());
});

describe.each(SIGNATURES.map((signature) => [signature.id, signature] as const))('%s', (id, signature) => {
  const { literals, pattern } = signature;
  const examples = EXAMPLES[id] ?? { matches: [''], not: [''] };

  test.each(examples.matches)('matches and holds a literal: %s', (line) => {
    expect(pattern.test(line)).toBe(true);
    expect(literals.some((literal) => line.toLowerCase().includes(literal.toLowerCase()))).toBe(true);
  });

  test.each(examples.not)('does not match: %s', (line) => {
    expect(pattern.test(line)).toBe(false);
  });

  test('has literals that are long enough, of letters that no terminal or page changes', () => {
    expect(literals.filter((literal) => !/^[\x20-\x25\x27-\x7e]{6,}$/.test(literal))).toEqual([]);
  });

  test('keeps no state between lines', () => {
    expect(pattern.flags).not.toMatch(/[gy]/);
  });

  test('captures what it names', () => {
    expect(pattern.exec(examples.matches[0])?.groups ?? {}).toMatchObject(CAPTURED[id] ?? {});
  });

  test('matches behind words of the program that printed it', () => {
    expect(pattern.test(`some words: ${examples.matches[0]}`)).toBe(true);
  });

  test('leads to a finding that exists', () => {
    for (const finding of [signature.finding, signature.also]) {
      if (finding) expect(FINDING_IDS).toContain(finding.id);
    }
  });
});

test('every repetition in a pattern is bounded, so that none can backtrack without end', () => {
  const unbounded = SIGNATURES.filter(({ pattern }) => {
    const bare = pattern.source.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '');
    return /[*+]|\{\d+,\}/.test(bare);
  });
  expect(unbounded.map(({ id }) => id)).toEqual([]);
});

test('long lines made to mislead a pattern come to an end', () => {
  const answers = SIGNATURES.flatMap(({ id, pattern, literals }) =>
    [
      ...literals,
      ...(EXAMPLES[id]?.matches ?? []).map((line) => line.slice(0, -3)),
      '0000:00:02.0: ',
      'i915 ',
      ': ',
      '(0x1, ',
    ].flatMap((unit) => [
      pattern.test(unit.repeat(Math.ceil(4096 / unit.length)).slice(0, 4096)),
      pattern.test(unit + 'a'.repeat(4096) + unit),
    ]),
  );
  expect(answers).toContain(false);
});

test('no line makes a pattern throw', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(...SIGNATURES.flatMap(({ literals }) => literals), ...MATCHED_LINES),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const line = pieces.join('');
      for (const { pattern } of SIGNATURES) pattern.exec(line);
    }),
    { numRuns: 200 },
  );
});
