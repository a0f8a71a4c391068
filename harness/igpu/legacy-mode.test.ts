import { expect, test } from 'vitest';
import { familyOfCode } from './families.ts';
import { LEGACY_CONDITIONS, legacyModeOf, type LegacySetup } from './legacy-mode.ts';
import { igdSupport } from './qemu-support.ts';

const GOOD: LegacySetup = {
  support: { legacyMode: 'allowed' },
  machine: 'i440fx',
  at00020: true,
  hasRom: true,
  busy1f0: false,
  vgaAccess: true,
  hostOpRegion: true,
  hotplugged: false,
};
const BAD: LegacySetup = {
  support: { legacyMode: 'refused' },
  machine: 'q35',
  at00020: false,
  hasRom: false,
  busy1f0: true,
  vgaAccess: false,
  hostOpRegion: false,
  hotplugged: true,
};
const FACTS = Object.keys(GOOD) as (keyof LegacySetup)[];

test('a set-up that meets all is legal', () => {
  expect(legacyModeOf(GOOD)).toEqual({ legal: 'yes', unmet: [], unknown: [] });
});

test.each(FACTS)('one wrong fact (%s) is enough to refuse, and exactly one condition says so', (fact) => {
  const { legal, unmet } = legacyModeOf({ ...GOOD, [fact]: BAD[fact] });
  expect(legal).toBe('no');
  expect(unmet).toHaveLength(1);
});

test.each(FACTS)('without %s it is not known', (fact) => {
  const { legal, unknown } = legacyModeOf({ ...GOOD, [fact]: null });
  expect(legal).toBe('unknown');
  expect(unknown).toHaveLength(1);
});

test('every condition is about a fact of its own', () => {
  expect(legacyModeOf(BAD).unmet.map(({ id }) => id)).toEqual(LEGACY_CONDITIONS.map(({ id }) => id));
});

test('an N100 is legal in QEMU 10.0 and not in 9.2 or 10.1; a Coffee Lake is in all', () => {
  const legal = (code: 'ADL-N' | 'CFL'): string[] =>
    ['9.1', '9.2', '10.0', '10.1'].map(
      (version) => legacyModeOf({ ...GOOD, support: igdSupport(familyOfCode(code), version) }).legal,
    );
  expect(legal('ADL-N')).toEqual(['yes', 'no', 'yes', 'no']);
  expect(legal('CFL')).toEqual(['yes', 'yes', 'yes', 'yes']);
});
