const SPACE = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const DOT = 0x2e;
const COLON = 0x3a;

/**
 * Whether a line is one of a log, seen from its bytes alone: only the common prefixes, no string is made. Whatever it
 * takes, `logPrefix` takes too; what it does not take is looked at again by `logPrefix`.
 */
export class BytePrefix {
  /** Whole seconds since boot of the line that was taken last; -1 where it has none. */
  seconds = -1;

  takes(bytes: Uint8Array, from: number, to: number): boolean {
    this.seconds = -1;
    let at = from;
    const indent = Math.min(to, from + 12);
    while (at < indent && bytes[at] === SPACE) at += 1;
    if (bytes[at] === 0x3c) at = level(bytes, at, to);
    else if (isLetter(bytes[at])) at = named(bytes, at, to);
    if (bytes[at] === OPEN) return this.stamp(bytes, at + 1, to) || isCtime(bytes, at + 1, to);
    if (isDigit(bytes[at])) return isIso(bytes, at, to);
    return isSyslog(bytes, at, to);
  }

  private stamp(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from;
    const indent = Math.min(to, from + 12);
    while (at < indent && bytes[at] === SPACE) at += 1;
    const start = at;
    let seconds = 0;
    while (at < to && at < start + 9 && isDigit(bytes[at]))
      seconds = seconds * 10 + (bytes[at++] ?? 0) - 0x30;
    if (at === start || bytes[at] !== DOT) return false;
    const fraction = (at += 1);
    while (at < to && at < fraction + 9 && isDigit(bytes[at])) at += 1;
    if (at === fraction || at >= to || bytes[at] !== CLOSE) return false;
    this.seconds = seconds;
    return true;
  }
}

/** Behind `kern  :info  : `; where there is none, where it began. */
function named(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (let word = 0; word < 2; word += 1) {
    const start = at;
    while (at < to && at < start + 9 && isLetter(bytes[at])) at += 1;
    while (at < to && at < start + 9 && bytes[at] === SPACE) at += 1;
    if (at < start + 2 || bytes[at] !== COLON) return from;
    at += 1;
  }
  return bytes[at] === SPACE && bytes[at + 1] === OPEN ? at + 1 : from;
}

/** `Sun Nov 22 12:02:08 2026]` */
function isCtime(bytes: Uint8Array, at: number, to: number): boolean {
  return (
    to > at + 25 &&
    isLetter(bytes[at]) &&
    isLetter(bytes[at + 1]) &&
    isLetter(bytes[at + 2]) &&
    bytes[at + 3] === SPACE &&
    isSyslog(bytes, at + 4, to) &&
    areDigits(bytes, at + 20, 4) &&
    bytes[at + 24] === CLOSE
  );
}

/** Behind `<6>`. */
function level(bytes: Uint8Array, from: number, to: number): number {
  let at = from + 1;
  while (at < to && at < from + 4 && isDigit(bytes[at])) at += 1;
  return at > from + 1 && bytes[at] === 0x3e ? at + 1 : from;
}

/** `2026-11-22T13:29:43.253700+00:00 pve kernel: `; QEMU's own and libvirt's are left to `logPrefix`. */
function isIso(bytes: Uint8Array, at: number, to: number): boolean {
  return (
    to > at + 26 &&
    bytes[at + 4] === 0x2d &&
    bytes[at + 7] === 0x2d &&
    (bytes[at + 10] === 0x54 || bytes[at + 10] === SPACE) &&
    areDigits(bytes, at, 4) &&
    areDigits(bytes, at + 5, 2) &&
    areDigits(bytes, at + 8, 2) &&
    isClock(bytes, at + 11) &&
    endsIso(bytes, at + 19, to)
  );
}

function endsIso(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  if (bytes[at] === DOT || bytes[at] === 0x2c) {
    at += 1;
    while (at < from + 10 && isDigit(bytes[at])) at += 1;
  }
  if (bytes[at] !== 0x2b && bytes[at] !== 0x2d) return false;
  const minutes = bytes[at + 3] === COLON ? at + 4 : at + 3;
  return (
    minutes + 3 < to &&
    areDigits(bytes, at + 1, 2) &&
    areDigits(bytes, minutes, 2) &&
    bytes[minutes + 2] === SPACE
  );
}

/** `Nov 22 13:29:47 pve kernel: ` */
function isSyslog(bytes: Uint8Array, at: number, to: number): boolean {
  return (
    to > at + 16 &&
    isLetter(bytes[at]) &&
    isLetter(bytes[at + 1]) &&
    isLetter(bytes[at + 2]) &&
    bytes[at + 3] === SPACE &&
    (bytes[at + 4] === SPACE || isDigit(bytes[at + 4])) &&
    isDigit(bytes[at + 5]) &&
    bytes[at + 6] === SPACE &&
    isClock(bytes, at + 7) &&
    bytes[at + 15] === SPACE
  );
}

function isClock(bytes: Uint8Array, at: number): boolean {
  return (
    areDigits(bytes, at, 2) &&
    bytes[at + 2] === COLON &&
    areDigits(bytes, at + 3, 2) &&
    bytes[at + 5] === COLON &&
    areDigits(bytes, at + 6, 2)
  );
}

function areDigits(bytes: Uint8Array, at: number, count: number): boolean {
  for (let n = 0; n < count; n += 1) if (!isDigit(bytes[at + n])) return false;
  return true;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}
