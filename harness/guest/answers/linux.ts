import { readDocument } from './read-document.ts';
import type { GuestReading, Refusal } from './reading.ts';
import { integer, list, matching, number, optional, record, text } from './shape.ts';

const Adapter = record({
  /** `0000:00:02.0` */
  address: matching(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/),
  /** `1234:1111` */
  id: matching(/^[0-9a-f]{4}:[0-9a-f]{4}$/),
  driver: optional(text),
  version: optional(text),
});

const LinuxAnswer = record({
  os: optional(
    record({
      boot: optional(text),
      up: optional(number),
      kernel: optional(text),
      name: optional(text),
    }),
  ),
  pciCount: optional(integer),
  gpu: list(Adapter),
  err: list(text),
});

/**
 * Reads what the Linux probe printed (docs/guests.md). Pure; never throws. Linux has no problem codes, so
 * there is never one (0): what is to be known of a device is whether a driver is bound to it, and then it is started.
 *
 * @param out its stdout, one character a byte
 * @param nonce the one it was asked with: an answer to another is `stale`
 */
export function readLinuxAnswer(out: string, nonce: string): GuestReading | Refusal {
  const read = readDocument(out, nonce, LinuxAnswer);
  if ('refused' in read) return read;
  const { os, pciCount, gpu, err } = read.answer;
  const facts = { kernel: os?.kernel ?? '', name: os?.name ?? '' };
  return {
    bootId: os?.boot ?? null,
    uptime: os?.up ?? null,
    fastStartup: null,
    notReady: null,
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    pciCount,
    devices: gpu.map((adapter) => ({
      id: adapter.id,
      address: adapter.address.startsWith('0000:') ? adapter.address.slice('0000:'.length) : null,
      name: `display device ${adapter.id}`,
      problemCode: 0,
      problemCodeAgain: null,
      problemStatus: null,
      started: adapter.driver !== null,
      driver:
        adapter.driver === null
          ? null
          : { service: adapter.driver, provider: null, inf: null, version: adapter.version },
      fallbackDriver: false,
    })),
    failed: [
      ...err,
      ...(os === null ? ['os: not in the answer'] : []),
      ...(pciCount === null ? ['pci: not in the answer'] : []),
    ],
  };
}
