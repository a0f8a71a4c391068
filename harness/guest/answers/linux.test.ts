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
  const odd = fc.anything().map((value) => framed({ ...ANSWER, gpu: [value], os: value }));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), (out) => {
      readLinuxAnswer(out, NONCE);
    }),
  );
});
