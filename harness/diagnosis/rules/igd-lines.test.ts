import { describe, expect, it } from 'vitest';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { igdLines } from './igd-lines.ts';

const LINES = [
  [
    'qemu.unknown-generation',
    'kvm: IGD device 0000:00:02.0 is unsupported in legacy mode, try SandyBridge or newer',
  ],
  [
    'config.legacy-on-q35',
    'kvm: IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0',
  ],
  ['config.legacy-on-q35', 'kvm: vfio 0000:00:02.0: Cannot create LPC bridge due to existing device at 1f.0'],
  ['rom.missing', 'kvm: IGD device 0000:00:02.0 has no ROM, legacy mode disabled'],
  ['rom.missing', 'kvm: vfio 0000:00:02.0: Device has no ROM'],
  [
    'qemu.legacy-not-for-generation',
    "kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: Machine is not i440fx, assigned BDF is not 00:02.0, or device 46d1 (gen 12) doesn't support legacy mode",
  ],
  [
    'qemu.legacy-not-for-generation',
    'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: Machine is not i440fx or assigned BDF is not 00:02.0',
  ],
] as const;

describe.each(LINES)('%s, by %j', (id, line) => {
  it('is what QEMU says', () => {
    const facts = { outcome: 'fails' } as const;
    expect(found(igdLines, { facts, lines: [line] })).toEqual([`${id} cause certain`]);
    const claim = claimOf(igdLines, id, { facts, lines: [line] });
    expect(claim.evidence).toEqual([{ input: 'dmesg.txt', line: 1, text: line }]);
    expect(advice(claim)).not.toBe('');
  });

  it('is told of a system that works, and blamed for nothing', () => {
    expect(found(igdLines, { facts: { outcome: 'works' }, lines: [line] })).toEqual([`${id} info certain`]);
  });
});

it('a try of legacy mode that QEMU makes by itself is no cause where nobody complains', () => {
  const line =
    'kvm: IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0';
  expect(found(igdLines, { lines: [line] })).toEqual(['config.legacy-on-q35 contributing certain']);
});

it('does not speak of another device than the one that is passed', () => {
  expect(
    found(igdLines, {
      facts: { address: '0000:00:02.0' },
      lines: ['kvm: IGD device 0000:03:00.0 has no ROM, legacy mode disabled'],
    }),
  ).toEqual([]);
});

it.each([
  'kvm: info: OpRegion detected on Intel display 46d1.',
  'kvm: -device vfio-pci,host=0000:00:02.0: info: IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted.',
])('%j is no refusal', (line) => {
  expect(found(igdLines, { lines: [line] })).toEqual([]);
});
