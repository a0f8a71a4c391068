import type { Io } from './io.ts';
import { followJournal } from './log/follow.ts';
import { type JournalEntry, readBoot, readJournal } from './log/journal.ts';
import { readTime, sinceBoot, written } from './log/time.ts';
import { NotInStandIn } from './refusal.ts';
import { type GnuOptions, readGnuOptions } from './short-options.ts';

const OPTIONS: GnuOptions = {
  follow: ['none', 'w'],
  'follow-new': ['none', 'W'],
  json: ['none', 'J'],
  raw: ['none', 'r'],
  decode: ['none', 'x'],
  ctime: ['none', 'T'],
  'time-format': ['value'],
  level: ['value', 'l'],
  since: ['value'],
  kernel: ['none', 'k'],
  nopager: ['none', 'P'],
};
const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

type Options = ReadonlyMap<string, string>;

/** `dmesg`: the kernel's words since this boot, in the forms of the transcripts `dmesg …`. */
export async function dmesg(argv: readonly string[], io: Io): Promise<number> {
  const options = readGnuOptions(argv, OPTIONS);
  const follows = options.has('follow') || options.has('follow-new');
  const asJson = options.has('json');
  if (follows && asJson) throw new NotInStandIn('dmesg --follow --json');
  const wanted = wantedBy(options);
  const journal = readJournal();
  const shown = options.has('follow-new') ? [] : journal.filter(wanted);
  if (asJson) io.out(document(shown));
  else for (const entry of shown) io.out(formatted(entry, options));
  if (!follows) return 0;
  return followJournal(journal.length, (entry) => {
    if (wanted(entry)) io.out(formatted(entry, options));
  });
}

function wantedBy(options: Options): (entry: JournalEntry) => boolean {
  const boot = readBoot().id.replaceAll('-', '');
  const levels = options.get('level')?.split(',') ?? LEVELS;
  const since = options.get('since');
  const time = since === undefined ? 0 : readTime(since, Date.now() * 1000);
  if (time === null) throw new NotInStandIn(`dmesg --since ${since ?? ''}`);
  return (entry) =>
    entry.boot === boot &&
    entry.who === 'kernel' &&
    levels.includes(LEVELS[entry.priority] ?? '') &&
    entry.realtime >= time;
}

function formatted({ monotonic, realtime, priority, message }: JournalEntry, options: Options): string {
  const brackets = `[${sinceBoot(monotonic, 5)}]`;
  if (options.has('raw')) return `<${priority}>${brackets} ${message}\n`;
  const level = options.has('decode') ? `kern  :${(LEVELS[priority] ?? '').padEnd(6)}: ` : '';
  const form = options.has('ctime') ? 'ctime' : (options.get('time-format') ?? 'raw');
  const { iso, micros, ctime } = written(realtime);
  if (form === 'ctime') return `${level}[${ctime}] ${message}\n`;
  if (form === 'iso') return `${level}${iso},${micros}+00:00 ${message}\n`;
  if (form !== 'raw') throw new NotInStandIn(`dmesg --time-format ${form}`);
  return `${level}${brackets} ${message}\n`;
}

function document(entries: readonly JournalEntry[]): string {
  const items = entries.map(
    ({ priority, monotonic, message }) =>
      `{\n         "pri": ${priority},\n         "time": ${sinceBoot(monotonic, 5)},\n` +
      `         "msg": ${JSON.stringify(message)}\n      }`,
  );
  return `{\n   "dmesg": [\n      ${items.join(',')}\n   ]\n}\n`;
}
