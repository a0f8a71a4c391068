import { describe, expect, it, test } from 'vitest';
import { IGPU_FAMILIES, familyOfCode, igpuFamily } from './families.ts';
import { qemuGeneration } from './qemu-generations.ts';
import { igdSupport } from './qemu-support.ts';
import { qemuVersionOf } from './qemu-version.ts';

const IDS = IGPU_FAMILIES.flatMap((family) =>
  family.devices.split(' ').map((device) => ({ family, device })),
);

test('for QEMU 10 the families and the table of prefixes agree about every id, but for one Amber Lake', () => {
  const other = IDS.filter(({ family, device }) => qemuGeneration(device, [10, 0]) !== family.generation);
  expect(other.map(({ device }) => device)).toEqual(['591c']);
});

test('QEMU 9.2 lacks exactly these prefixes of those that 10.0 knows, and one id of Apollo Lake', () => {
  const lost = IDS.filter(
    ({ device }) => qemuGeneration(device, [9, 2]) === null && qemuGeneration(device, [10, 0]) !== null,
  );
  const prefixes = new Set(lost.map(({ device }) => device.slice(0, 2)));
  expect([...prefixes].toSorted()).toEqual(['1a', '31', '46', '4c', '4e', '5a', '8a', '9b', 'a7']);
  expect(lost.filter(({ device }) => /^[15]a/.test(device)).map(({ device }) => device)).toEqual([
    '1a85',
    '5a85',
  ]);
});

test('before 9.2 every id has a generation', () => {
  expect(IDS.filter(({ device }) => qemuGeneration(device, [8, 2]) === null)).toEqual([]);
});

describe.each([
  // family, 9.1, 9.2, 10.0, 10.1, 11.0 as generation and legacy mode
  ['SNB', '6 allowed', '6 allowed', '6 allowed', '6 allowed', '6 allowed'],
  ['HSW', '6 allowed', '6 allowed', '7 allowed', '7 allowed', '7 allowed'],
  ['KBL', '8 allowed', '8 allowed', '9 allowed', '9 allowed', '9 allowed'],
  ['CFL', '8 allowed', '9 allowed', '9 allowed', '9 allowed', '9 allowed'],
  ['CML', '8 allowed', 'null unknown-generation', '9 allowed', '9 allowed', '9 allowed'],
  ['GLK', '8 allowed', 'null unknown-generation', '9 allowed', '9 allowed', '9 allowed'],
  ['JSL', '8 allowed', 'null unknown-generation', '11 allowed', '11 refused', '11 refused'],
  ['EHL', '8 allowed', '11 allowed', '11 allowed', '11 refused', '11 refused'],
  ['TGL', '8 allowed', '12 allowed', '12 allowed', '12 refused', '12 refused'],
  ['RKL', '8 allowed', 'null unknown-generation', '12 allowed', '12 refused', '12 refused'],
  ['ADL-N', '8 allowed', 'null unknown-generation', '12 allowed', '12 refused', '12 refused'],
  ['RPL-P', '8 allowed', 'null unknown-generation', '12 allowed', '12 refused', '12 refused'],
  ['MTL', '8 allowed', 'null unknown-generation', 'null unknown-generation', 'null refused', 'null refused'],
] as const)('%s', (code, ...expected) => {
  it.each(
    ['9.1.2', '9.2.0', '10.0.2', '10.1.2', '11.0.0'].map((version, at) => [version, expected[at]] as const),
  )('in QEMU %s is %s', (version, said) => {
    const support = igdSupport(familyOfCode(code), version);
    expect(`${support?.generation} ${support?.legacyMode}`).toBe(said);
  });
});

test('the OpRegion is passed by default from 10.1', () => {
  const n100 = familyOfCode('ADL-N');
  expect(igdSupport(n100, '10.0.4')?.opregionDefault).toBe('off');
  expect(igdSupport(n100, '10.1.0')?.opregionDefault).toBe('on');
});

test('stolen memory is cleared before 9.2, kept from 9.2, and x-igd-gms stops an unknown device from 10.1', () => {
  const gms = (code: 'ADL-N' | 'MTL'): unknown[] =>
    ['9.1', '9.2', '10.0', '10.1'].map((version) => igdSupport(familyOfCode(code), version)?.gms);
  expect(gms('ADL-N')).toEqual(['cleared', 'kept', 'kept', 'kept']);
  expect(gms('MTL')).toEqual(['cleared', 'kept', 'kept', 'refused']);
});

test('a device id decides where its family is not of one mind', () => {
  const apollo = igpuFamily('8086:5a85');
  const support = apollo && igdSupport(apollo, '9.2');
  expect(support?.generation).toBe(8);
  expect(support?.notes.join()).toMatch(/differs between the PCI ids/);
  expect(apollo && igdSupport(apollo, '9.2', '5A85')).toMatchObject({ generation: null });
});

test.each([
  ['10.1.2', [10, 1]],
  ['pc-q35-9.2+pve1', [9, 2]],
  ['QEMU emulator version 10.0.2 (pve-qemu-kvm_10.0.2-4)', [10, 0]],
  ['pc', null],
  ['', null],
] as const)('%j is version %j', (text, version) => {
  expect(qemuVersionOf(text)).toEqual(version);
});
