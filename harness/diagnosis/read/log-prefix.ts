/** What stands before the message of a log's line. */
export interface LogPrefix {
  readonly message: string;
  /** Seconds since the boot of the kernel that speaks; null where only a date is given. */
  readonly time: number | null;
  /** The date and time that is given, in milliseconds of an arbitrary year where none is given; null without. */
  readonly date: number | null;
  /** Who speaks, by syslog: `kernel`, `pvedaemon`; null where the line does not say. */
  readonly speaker: string | null;
  /** The way libvirt and QEMU write their own logs. */
  readonly libvirt: boolean;
}

const LEVEL = String.raw`^\s{0,12}(?:<\d{1,3}>)?(?:[a-zA-Z\d]{2,10}\s{0,8}:[a-zA-Z]{2,9}\s{0,8}:\s{1,2})?`;
const SECONDS = new RegExp(
  String.raw`${LEVEL}\[\s{0,12}(\d{1,9}\.\d{1,9})(?:\s{1,4}<\s{0,12}\+?\d{1,9}\.\d{1,9}>)?\](?:\[\s{0,8}[TC]\d{1,8}\])?\s?`,
);
const DATE_IN_BRACKETS = new RegExp(
  String.raw`${LEVEL}\[([^\[\]]{5,36}\d\d?:\d\d(?::\d\d)?(?: \d{4})?(?: {1,3}<? {0,12}\+?[\d.]{1,16}>?)?|  {0,3}\+\d{1,9}\.\d{1,9})\]\s?`,
);
const ISO =
  /^\s{0,12}(?:\p{L}{2,4}\.? )?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)([.,]\d{1,9})?( ?Z| ?[+-]\d\d:?\d\d| [A-Z]{2,5}\b)?(:?)\s{1,4}/u;
const SYSLOG =
  /^\s{0,12}(?:<\d{1,3}>)?((?:\p{L}{3,5}|\d{1,2}月)\.?)\s{1,2}(\d{1,2})\s(\d\d:\d\d:\d\d)(\.\d{1,9})?\s{1,2}/u;
const UNIX = /^\s{0,12}(\d{9,10}\.\d{3,6})\s/;
const FIELD =
  /^\s{0,12}(?:MESSAGE=|(?:[\w.-]{1,40} )?kernel: (?=[\w-]{2,30} [0-9a-f]{4}:[0-9a-f]{2}:|DMAR\b|\[drm|vfio|\[ {0,8}\d{1,8}\.\d))/;

const BY_HOST = /^([\w.-]{1,64}) ([\w./@:()-]{1,64}?)(?:\[(\d{1,10})\])?: {0,2}/;
const STAMP = /^\[\s{0,12}(\d{1,9}\.\d{1,9})\]\s?/;
const LIBVIRT = /^(?:\d{1,10}: )?(?:(?:debug|info|warning|error) : )?(?:\w{1,80}:\d{1,6} : )?/;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec';

/** Takes a log's prefix off a clean line, whichever program wrote it; null where the line has none. */
export function logPrefix(text: string): LogPrefix | null {
  return seconds(text) ?? iso(text) ?? syslog(text) ?? rest(text);
}

function seconds(text: string): LogPrefix | null {
  const [prefix, stamp] = SECONDS.exec(text) ?? [];
  if (prefix === undefined || stamp === undefined) return null;
  const message = text.slice(prefix.length);
  // `journalctl -o short-monotonic` names host and program behind the time; the kernel's own lines have no process id.
  const [who, , speaker, pid] = BY_HOST.exec(message) ?? [];
  const named = who !== undefined && (speaker === 'kernel' || pid !== undefined);
  return {
    message: named ? message.slice(who.length) : message,
    time: Number(stamp),
    date: null,
    speaker: named ? (speaker ?? null) : null,
    libvirt: false,
  };
}

function iso(text: string): LogPrefix | null {
  const [prefix, day, fraction = '', zone = '', colon = ''] = ISO.exec(text) ?? [];
  if (prefix === undefined || day === undefined) return null;
  const date = dateOf(`${day.replace(' ', 'T')}${fraction.replace(',', '.').slice(0, 4)}Z`);
  const behind = text.slice(prefix.length);
  if (colon === ':')
    return { ...spoken(behind, LIBVIRT), time: null, date, speaker: 'libvirt', libvirt: true };
  if (/^(?:\/usr\/bin\/)?(?:qemu|kvm)[\w-]{0,20}: /.test(behind))
    return { message: behind, time: null, date, speaker: 'qemu', libvirt: true };
  // dmesg writes a comma and no host, everybody else a dot and a host.
  if (fraction.startsWith(',') || zone === '')
    return { message: behind, time: null, date, speaker: null, libvirt: false };
  return withHost(behind, date);
}

function syslog(text: string): LogPrefix | null {
  const [prefix, month, day, clock, fraction = ''] = SYSLOG.exec(text) ?? [];
  if (prefix === undefined || month === undefined || day === undefined) return null;
  const number = 1 + Math.max(0, MONTHS.indexOf(month.toLowerCase().slice(0, 3))) / 4;
  const date = dateOf(
    `2000-${pad(Math.floor(number))}-${pad(Number(day))}T${clock ?? ''}${fraction.slice(0, 4)}Z`,
  );
  return withHost(text.slice(prefix.length), date);
}

function rest(text: string): LogPrefix | null {
  const [unix, epoch] = UNIX.exec(text) ?? [];
  if (unix !== undefined) return withHost(text.slice(unix.length), Number(epoch) * 1000);
  const [dated, inside] = DATE_IN_BRACKETS.exec(text) ?? [];
  if (dated !== undefined) return bare(text.slice(dated.length), ctime(inside ?? ''));
  const [field] = FIELD.exec(text) ?? [];
  return field === undefined ? null : bare(text.slice(field.length), null);
}

function bare(message: string, date: number | null): LogPrefix {
  return { message, time: null, date, speaker: null, libvirt: false };
}

function withHost(text: string, date: number | null): LogPrefix {
  const { message, speaker } = spoken(text, BY_HOST);
  const [stamp, time] = STAMP.exec(message) ?? [];
  if (stamp === undefined || time === undefined)
    return { message, time: null, date, speaker, libvirt: false };
  return { message: message.slice(stamp.length), time: Number(time), date, speaker, libvirt: false };
}

function spoken(
  text: string,
  pattern: RegExp,
): { readonly message: string; readonly speaker: string | null } {
  const match = pattern.exec(text);
  return match === null
    ? { message: text, speaker: null }
    : { message: text.slice(match[0].length), speaker: match[2] ?? null };
}

/** `Sun Nov 22 12:02:08 2026` */
function ctime(text: string): number | null {
  const [, month, day, clock, year] =
    /(\p{L}{3})[ .]{1,3}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})/u.exec(text) ?? [];
  if (month === undefined || day === undefined) return null;
  const at = MONTHS.indexOf(month.toLowerCase());
  return at < 0 ? null : dateOf(`${year ?? ''}-${pad(1 + at / 4)}-${pad(Number(day))}T${clock ?? ''}Z`);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function dateOf(text: string): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
