import { expect, test } from 'vitest';
import { readText } from '../read/read-text.fixture.ts';
import type { Emitter, Signature } from '../signature.ts';
import { findSignals } from './signals.ts';

const HEADER = signature(
  'rom-header',
  ['host-kernel'],
  'Invalid PCI ROM header signature',
  /^vfio-pci \S+: Invalid PCI ROM header signature: expecting 0xaa55, got (?<got>0x[0-9a-f]{4})/,
);
const VBIOS = signature('no-vbt', ['guest-kernel'], 'Failed to find VBIOS', /Failed to find VBIOS tables/);
const CONTAINER = signature(
  'container',
  ['qemu'],
  'failed to setup container',
  /failed to setup container for group/,
);
const ALL = [HEADER, VBIOS, CONTAINER];
const LITERALS = ALL.flatMap(({ literals }) => literals);

const LINE = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0x7f0d';

test('a line that matches is a signal with its message, time, address and captures', () => {
  const signals = found(`[    4.075646] ${LINE}\n`);
  expect(signals.of('rom-header')).toEqual([
    {
      id: 'rom-header',
      quote: { input: 'given.txt', line: 1, text: `[    4.075646] ${LINE}` },
      message: LINE,
      captures: { got: '0x7f0d' },
      time: 4.075646,
      boot: 0,
      device: '0000:00:02.0',
    },
  ]);
  expect(signals.ids).toEqual(['rom-header']);
});

test('a literal without the pattern is no signal', () => {
  expect(found('[    4.075646] i915 0000:00:02.0: Invalid PCI ROM header signature: x\n').ids).toEqual([]);
});

test('what only a guest says is no signal in a host’s log, and the other way round', () => {
  const vbios = '[    1.500000] i915 0000:00:02.0: [drm] Failed to find VBIOS tables';
  expect(found(`host dmesg:\n${vbios}\n`).ids).toEqual([]);
  expect(found(`guest dmesg:\n${vbios}\n`).ids).toEqual(['no-vbt']);
  expect(found(`guest dmesg:\n[    1.500000] ${LINE.replace('vfio-pci', 'i915')}\n${vbios}\n`).ids).toEqual([
    'no-vbt',
  ]);
});

test('a line of which nothing shows whose it is may be anybody’s', () => {
  expect(found('[    1.500000] i915 0000:00:02.0: [drm] Failed to find VBIOS tables\n').ids).toEqual([
    'no-vbt',
  ]);
});

test('what QEMU says is found in its own output, in a journal, and in a sentence', () => {
  const line = 'kvm: vfio 0000:00:02.0: failed to setup container for group 2: Invalid argument';
  for (const text of [line, `Nov 22 13:29:47 pve QEMU[123]: ${line}`, `then it says "${line}" and stops`])
    expect(found(text).count('container'), text).toBe(1);
  expect(found(`guest dmesg: failed to setup container for group 2`).ids).toEqual([]);
});

test.each([
  `[    4.075646] ${LINE}`.replace(/.{80}/, '$&\n'),
  `Nov 22 13:29:47 pve kernel: ${LINE.replace('header ', 'header\n')}`,
])('a line that was wrapped is one again: %s', (text) => {
  const signals = found(`[    1.000000] pci 0000:00:00.0: [8086:461c] type 00 class 0x060000\n${text}\n`);
  expect(signals.of('rom-header').map(({ message, quote }) => [message, quote.line])).toEqual([[LINE, 2]]);
});

test('no more than so many signals are kept, and all are counted', () => {
  const signals = found(`[    4.075646] ${LINE}\n`.repeat(1_000));
  expect(signals.of('rom-header')).toHaveLength(250);
  expect(signals.count('rom-header')).toBe(1_000);
});

function found(text: string) {
  const { parts, held } = readText(text, 65_536, LITERALS);
  return findSignals(parts, ALL, held);
}

function signature(id: string, emitters: readonly Emitter[], literal: string, pattern: RegExp): Signature {
  return {
    id,
    emitters,
    literals: [literal],
    pattern,
    means: 'for tests',
    source: 'none',
    finding: null,
  };
}
