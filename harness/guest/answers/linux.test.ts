import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed, NONCE } from './fixtures/windows-answer.ts';
import { readLinuxAnswer } from './linux.ts';

/** Synthetic, in the shape of the probe's contract. */
const ANSWER = {
  schema: 1,
  nonce: NONCE,
  os: { boot: '0b51ac1e-5d0a-4d3e-8a60-0f7a5c3b9a10', up: 12.5, kernel: '6.12.0', name: 'Linux' },
  pciCount: 6,
  gpu: [{ address: '0000:00:02.0', id: '8086:46d1', driver: 'i915', version: null }],
  err: [],
};

test('a device with a driver is started and has no problem', () => {
  expect(readLinuxAnswer(framed(ANSWER), NONCE)).toMatchObject({
    bootId: ANSWER.os.boot,
    uptime: 12.5,
    notReady: null,
    facts: { kernel: '6.12.0', name: 'Linux' },
    devices: [
      { id: '8086:46d1', address: '00:02.0', problemCode: 0, started: true, driver: { service: 'i915' } },
    ],
    failed: [],
  });
});

const DRM = { card: 'card0', render: 'renderD128', there: true, wedged: false };

test.each([
  ['i915', DRM, true, null],
  ['i915', { ...DRM, wedged: null }, true, null],
  ['i915', { ...DRM, render: null }, false, 'i915 is bound and has made no render node'],
  [
    'xe',
    { card: null, render: null, there: null, wedged: null },
    false,
    'xe is bound and has made no render node',
  ],
  ['i915', { ...DRM, wedged: true }, false, 'i915 gave the device up (i915_wedged)'],
  ['uio_pci_generic', { ...DRM, card: null, render: null }, true, null],
  // A guest needs no screen: programs render through the render node.
  ['i915', { ...DRM, card: null }, true, null],
  // Earlier probes did not look.
  ['i915', undefined, true, null],
])('%s with nodes %j is started: %s', (driver, drm, started, whyNotStarted) => {
  const gpu = [{ ...ANSWER.gpu[0], driver, drm }];
  expect(readLinuxAnswer(framed({ ...ANSWER, gpu }), NONCE)).toMatchObject({
    devices: [{ started, whyNotStarted, graphics: drm ?? null }],
  });
});

const LOG = { from: 'dmesg', whole: true, count: 1, lines: ['[    1.500000] i915 0000:00:02.0: x'] };
const VA = { state: 'works', driver: 'Intel iHD driver', profiles: 12, why: null };

test('lines of the log have their time, where they tell one', () => {
  const lines = [...LOG.lines, 'no stamp', '[ 1] none either', '[99999999999.0] nor this'];
  const gpu = [{ ...ANSWER.gpu[0], va: VA }];
  expect(readLinuxAnswer(framed({ ...ANSWER, gpu, log: { ...LOG, lines } }), NONCE)).toMatchObject({
    devices: [{ media: VA }],
    log: {
      whole: true,
      count: 1,
      lines: [
        { at: 1.5, text: 'i915 0000:00:02.0: x' },
        { at: null, text: 'no stamp' },
        { at: null, text: '[ 1] none either' },
        { at: null, text: '[99999999999.0] nor this' },
      ],
    },
  });
});

test('an answer of an earlier probe tells no log, no nodes and no VA-API', () => {
  expect(readLinuxAnswer(framed(ANSWER), NONCE)).toMatchObject({
    log: null,
    devices: [{ graphics: null, media: null, whyNotStarted: null }],
  });
});

test.each([
  ['a node that is a path', { drm: { ...DRM, render: 'renderD128/../../sda' } }],
  ['a node of another kind', { drm: { ...DRM, card: 'renderD128' } }],
  ['a wedged that is a word', { drm: { ...DRM, wedged: 'no' } }],
  ['nodes that are a list', { drm: ['card0'] }],
  ['a state of VA-API that nobody knows', { va: { ...VA, state: 'great' } }],
  ['a terminal sequence in the driver’s name', { va: { ...VA, driver: '\u001b]0;x\u0007' } }],
  ['a driver’s name without end', { va: { ...VA, driver: 'x'.repeat(241) } }],
  ['half a profile', { va: { ...VA, profiles: 0.5 } }],
])('%s is refused', (_, changes) => {
  const gpu = [{ ...ANSWER.gpu[0], ...changes }];
  expect(readLinuxAnswer(framed({ ...ANSWER, gpu }), NONCE)).toMatchObject({ refused: 'broken' });
});

test.each([
  ['a line with a new line in it', { lines: ['a\nb'] }],
  ['a line without end', { lines: ['x'.repeat(241)] }],
  ['a line that is no text', { lines: [{ text: 'x' }] }],
  ['lines without end', { lines: Array.from({ length: 501 }, () => 'x') }],
  ['a source that nobody knows', { from: 'serial' }],
  ['a count that is none', { count: '1' }],
  ['no word on where it begins', { whole: undefined }],
])('a log with %s is refused', (_, changes) => {
  const answer = { ...ANSWER, log: { ...LOG, ...changes } };
  expect(readLinuxAnswer(framed(answer), NONCE)).toMatchObject({ refused: 'broken' });
});

test('a device without a driver is not started', () => {
  const gpu = [{ ...ANSWER.gpu[0], driver: null }];
  expect(readLinuxAnswer(framed({ ...ANSWER, gpu }), NONCE)).toMatchObject({
    devices: [{ started: false, driver: null }],
  });
});

test('an address outside PCI domain 0 is not told', () => {
  const gpu = [{ ...ANSWER.gpu[0], address: '10000:00:02.0' }];
  expect(readLinuxAnswer(framed({ ...ANSWER, gpu }), NONCE)).toMatchObject({ devices: [{ address: null }] });
});

test.each([
  ['stale', framed({ ...ANSWER, nonce: 'another000000000' })],
  ['broken', framed({ ...ANSWER, gpu: [{ address: '../..', id: '8086:46d1' }] })],
  ['broken', framed(ANSWER).slice(0, 100)],
  ['empty', ''],
])('a %s answer is refused', (refused, out) => {
  expect(readLinuxAnswer(out, NONCE)).toMatchObject({ refused });
});

test('no string makes it throw', () => {
  const odd = fc.anything().map((value) => framed({ ...ANSWER, gpu: [value], os: value, log: value }));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), (out) => {
      readLinuxAnswer(out, NONCE);
    }),
  );
});
