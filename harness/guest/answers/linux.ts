import { readDocument } from './read-document.ts';
import type { GuestDevice, GuestLog, GuestReading, Refusal } from './reading.ts';
import {
  boolean,
  integer,
  list,
  matching,
  number,
  oneOf,
  optional,
  record,
  type Shaped,
  text,
} from './shape.ts';

/** What the probe hands on of foreign text: printable ASCII, cut. Anything else did not come from it. */
const line = matching(/^[\x20-\x7e]{0,240}$/);

const Media = record({
  state: oneOf('works', 'failed', 'silent', 'unasked', 'absent'),
  driver: optional(line),
  profiles: optional(integer),
  why: optional(line),
});

const Adapter = record({
  /** `0000:00:02.0` */
  address: matching(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/),
  /** `1234:1111` */
  id: matching(/^[0-9a-f]{4}:[0-9a-f]{4}$/),
  driver: optional(text),
  version: optional(text),
  /** Not in answers of earlier probes: then nobody looked. */
  drm: optional(
    record({
      card: optional(matching(/^card\d{1,3}$/)),
      render: optional(matching(/^renderD\d{1,3}$/)),
      there: optional(boolean),
      wedged: optional(boolean),
    }),
  ),
  va: optional(Media),
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
  log: optional(
    record({
      from: oneOf('dmesg', 'journal'),
      whole: boolean,
      count: integer,
      lines: list(line),
    }),
  ),
  err: list(text),
});

type Adapter = Shaped<typeof Adapter>;

/**
 * Reads what the Linux probe printed (docs/guests.md). Pure; never throws. Linux has no problem codes, so
 * there is never one (0): what is to be known of a device is whether a driver is bound to it and has started it.
 *
 * @param out its stdout, one character a byte
 * @param nonce the one it was asked with: an answer to another is `stale`
 */
export function readLinuxAnswer(out: string, nonce: string): GuestReading | Refusal {
  const read = readDocument(out, nonce, LinuxAnswer);
  if ('refused' in read) return read;
  const { os, pciCount, gpu, log, err } = read.answer;
  const facts = { kernel: os?.kernel ?? '', name: os?.name ?? '' };
  return {
    bootId: os?.boot ?? null,
    uptime: os?.up ?? null,
    fastStartup: null,
    notReady: null,
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    pciCount,
    devices: gpu.map(readAdapter),
    log: log === null ? null : readLog(log),
    failed: [
      ...err,
      ...(os === null ? ['os: not in the answer'] : []),
      ...(pciCount === null ? ['pci: not in the answer'] : []),
    ],
  };
}

function readAdapter(adapter: Adapter): GuestDevice {
  const { id, address, driver, version, drm, va } = adapter;
  const why = whyNotStarted(adapter);
  return {
    id,
    address: address.startsWith('0000:') ? address.slice('0000:'.length) : null,
    name: `display device ${id}`,
    problemCode: 0,
    problemCodeAgain: null,
    problemStatus: null,
    started: driver !== null && why === null,
    whyNotStarted: why,
    driver: driver === null ? null : { service: driver, provider: null, inf: null, version },
    fallbackDriver: false,
    graphics: drm,
    media: va,
  };
}

/**
 * Drivers that make a render node of every device they start: DRIVER_RENDER in drivers/gpu/drm/i915/i915_driver.c and
 * drivers/gpu/drm/xe/xe_device.c.
 */
const MAKES_RENDER_NODE: ReadonlySet<string> = new Set(['i915', 'xe']);

/** A driver is bound from before it starts a device, so that alone shows no start where there is more to be seen. */
function whyNotStarted({ driver, drm }: Adapter): string | null {
  if (driver === null || drm === null) return null;
  if (drm.wedged === true) return `${driver} gave the device up (i915_wedged)`;
  if (drm.render !== null || !MAKES_RENDER_NODE.has(driver)) return null;
  return `${driver} is bound and has made no render node`;
}

/** `[    4.075646] text`, the kernel's own prefix (Linux kernel/printk/printk.c): seconds since its boot. */
const STAMP = /^\[ {0,12}(\d{1,9}\.\d{1,9})\] ?/;

function readLog({ from, whole, count, lines }: NonNullable<Shaped<typeof LinuxAnswer>['log']>): GuestLog {
  return {
    from,
    whole,
    count,
    lines: lines.map((said) => {
      const stamp = STAMP.exec(said);
      return { at: stamp === null ? null : Number(stamp[1]), text: said.replace(STAMP, '') };
    }),
  };
}
