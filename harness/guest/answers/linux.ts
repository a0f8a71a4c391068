import * as z from 'zod/mini';
import { list, readDocument, text } from './fields.ts';
import type { GuestReading, Refusal } from './reading.ts';

const Adapter = z.object({
  /** `0000:00:02.0` */
  address: z.string().check(z.regex(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/)),
  /** `1234:1111` */
  id: z.string().check(z.regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/)),
  driver: z.nullish(text),
  version: z.nullish(text),
});

const LinuxAnswer = z.object({
  os: z.nullish(
    z.object({
      boot: z.nullish(text),
      up: z.nullish(z.number()),
      kernel: z.nullish(text),
      name: z.nullish(text),
    }),
  ),
  pciCount: z.nullish(z.int()),
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
    pciCount: pciCount ?? null,
    devices: gpu.map((adapter) => ({
      id: adapter.id,
      address: adapter.address.startsWith('0000:') ? adapter.address.slice('0000:'.length) : null,
      name: `display device ${adapter.id}`,
      problemCode: 0,
      problemCodeAgain: null,
      problemStatus: null,
      started: adapter.driver !== null && adapter.driver !== undefined,
      driver:
        adapter.driver === null || adapter.driver === undefined
          ? null
          : { service: adapter.driver, provider: null, inf: null, version: adapter.version ?? null },
      fallbackDriver: false,
    })),
    failed: [
      ...err,
      ...(os === null || os === undefined ? ['os: not in the answer'] : []),
      ...(pciCount === null || pciCount === undefined ? ['pci: not in the answer'] : []),
    ],
  };
}
