import type { Part } from '../part.ts';
import { logPrefix } from './log-prefix.ts';

/** A line of a log, taken apart. */
export interface LogLine {
  readonly n: number;
  /** The whole line. */
  readonly text: string;
  /** Without the log's prefix. */
  readonly message: string;
  /** Seconds since that kernel's boot; null where the line gives a date and the log does not show when it booted. */
  readonly time: number | null;
  /** Counts the boots in this part, from 0. */
  readonly boot: number;
  /** The first PCI address that the message names, with its domain; null where it names none. */
  readonly device: string | null;
  /** The program that speaks, where syslog says so. */
  readonly speaker: string | null;
}

/** Kernels on several processors may write a little out of order. Seconds. */
const JITTER = 1;
const BOOT = /^-- (?:Boot|Reboot)\b/;
const BEGINNING = /^Linux version \d/;
const ADDRESS =
  /(?<![\w.:])(?:([0-9a-f]{4,8}):)?(?:0x)?([0-9a-f]{2}):(?:0x)?([0-9a-f]{2})\.([0-7])(?![\w.])/i;

/** Takes the lines of a log apart and counts its boots. Lines without a prefix have the time of no other line. */
export function logLines(part: Part): readonly LogLine[] {
  let boot = 0;
  /** Nothing of this boot was seen yet. */
  let fresh = true;
  let last: number | null = null;
  let epoch: number | null = null;
  return part.lines.map(({ n, text }) => {
    const prefix = logPrefix(text);
    const message = prefix?.message ?? text;
    const announced = BOOT.test(text);
    const begins = announced || BEGINNING.test(message);
    const back = prefix !== null && prefix.time !== null && last !== null && prefix.time < last - JITTER;
    // A line or two of microcode may come before the kernel's first.
    const another = !fresh && (back || announced || (begins && (last === null || last >= JITTER)));
    if (another) boot += 1;
    if (another || begins) epoch = begins ? (prefix?.date ?? null) : null;
    fresh = announced;
    last = prefix?.time ?? (another ? null : last);
    const time = prefix?.time ?? since(epoch, prefix?.date ?? null);
    return { n, text, message, time, boot, device: addressIn(message), speaker: prefix?.speaker ?? null };
  });
}

/** The first PCI address in a text, as `0000:00:02.0`. */
export function addressIn(text: string): string | null {
  const match = ADDRESS.exec(text.length > 2_000 ? text.slice(0, 2_000) : text);
  if (match === null) return null;
  const [, domain = '0000', bus = '', device = '', fn = ''] = match;
  return `${domain}:${bus}:${device}.${fn}`.toLowerCase();
}

function since(epoch: number | null, date: number | null): number | null {
  if (epoch === null || date === null || date < epoch) return null;
  return (date - epoch) / 1000;
}
