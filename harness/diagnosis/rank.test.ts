import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIDENCES, SEVERITIES } from '../trace/words.ts';
import { FINDING_IDS } from './finding-id.ts';
import type { Claim } from './finding.ts';
import { rank, SYMPTOMS_ONLY } from './rank.ts';
import { claim } from './rule.ts';

function made(
  id: Claim['id'],
  severity: Claim['severity'] = 'cause',
  confidence: Claim['confidence'] = 'likely',
): Claim {
  return claim({ id, severity, confidence, title: id, detail: '' });
}

const ids = (claims: readonly Claim[]) => rank(claims).map(({ id }) => id);

describe('first comes', () => {
  it.each(['device.other-vendor', 'works'] as const)('%s, which is about all of it', (id) => {
    expect(ids([made('host.iommu-off', 'cause', 'certain'), made(id, 'info')])[0]).toBe(id);
  });

  it('what may be wrong, then that nobody knows, then what is merely told of', () => {
    const all = [made('unknown', 'info'), made('audio.not-passed', 'info'), made('rom.missing', 'warning')];
    expect(ids(all)).toEqual(['rom.missing', 'unknown', 'audio.not-passed']);
  });

  it('what is graver', () => {
    expect(ids([made('rom.missing', 'warning', 'certain'), made('guest.vbs', 'cause', 'possible')])[0]).toBe(
      'guest.vbs',
    );
  });

  it('a cause before a symptom, however sure the symptom is', () => {
    for (const id of SYMPTOMS_ONLY)
      expect(ids([made(id, 'cause', 'certain'), made('audio.not-passed', 'cause', 'possible')])[0]).toBe(
        'audio.not-passed',
      );
  });

  it('what is surer', () => {
    expect(
      ids([made('host.iommu-off', 'cause', 'possible'), made('rom.missing', 'cause', 'certain')])[0],
    ).toBe('rom.missing');
  });

  it('of two as sure as each other, what comes earlier in a start', () => {
    expect(
      ids([made('rom.missing'), made('guest.code43'), made('host.iommu-off'), made('config.args-quote')]),
    ).toEqual(['config.args-quote', 'host.iommu-off', 'rom.missing', 'guest.code43']);
  });
});

it('the order that claims come in does not matter, and none is lost', () => {
  const any = fc
    .tuple(fc.constantFrom(...FINDING_IDS), fc.constantFrom(...SEVERITIES), fc.constantFrom(...CONFIDENCES))
    .map((parts) => made(...parts));
  // One claim an id is what the engine ranks.
  const claims = fc.uniqueArray(any, { selector: ({ id }) => id, maxLength: 15 });
  fc.assert(
    fc.property(claims, fc.array(fc.nat(99), { minLength: 15, maxLength: 15 }), (all, keys) => {
      const other = all
        .map((each, at) => ({ each, key: keys[at] ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ each }) => each);
      expect(rank(other)).toEqual(rank(all));
      expect(rank(all)).toHaveLength(all.length);
    }),
  );
});
