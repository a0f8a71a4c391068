import type { Io } from './io.ts';
import { followJournal } from './log/follow.ts';
import { type JournalEntry, readBoot, readJournal } from './log/journal.ts';
import { afterCursor, cursorOf, formatted } from './log/journal-format.ts';
import { readTime } from './log/time.ts';
import { NotInStandIn } from './refusal.ts';
import { type GnuOptions, readGnuOptions } from './short-options.ts';

const OPTIONS: GnuOptions = {
  dmesg: ['none', 'k'],
  boot: ['maybe', 'b'],
  follow: ['none', 'f'],
  lines: ['maybe', 'n'],
  output: ['value', 'o'],
  'output-fields': ['value'],
  'show-cursor': ['none'],
  'after-cursor': ['value'],
  since: ['value', 'S'],
  unit: ['value', 'u'],
  'no-pager': ['none'],
  'no-tail': ['none'],
  quiet: ['none', 'q'],
};
const LINES = 10;

type Options = ReadonlyMap<string, string>;
type Numbered = readonly [entry: JournalEntry, line: number];

/**
 * `journalctl` over the node's own journal, which outlasts its restarts. Its forms are those of the transcripts
 * `journalctl …`; which entries a node has is not observed.
 */
export async function journalctl(argv: readonly string[], io: Io): Promise<number> {
  const options = readGnuOptions(argv, OPTIONS);
  const cursor = options.get('after-cursor');
  const from = cursor === undefined ? 0 : afterCursor(cursor);
  if (from === null) {
    io.err('Failed to seek to cursor: Invalid argument\n');
    return 1;
  }
  const boots = bootsOf();
  const wanted = wantedBy(options, boots);
  const all = readJournal().map((entry, line): Numbered => [entry, line]);
  const found = all.filter(([entry, line]) => line >= from && wanted(entry));
  const follows = options.has('follow');
  const shown = lastOf(found, options, follows);
  const form = options.get('output') ?? 'short';
  const fields = options.get('output-fields')?.split(',') ?? [];
  if (shown.length === 0 && !follows && form !== 'json' && !options.has('quiet'))
    io.out('-- No entries --\n');
  for (const [entry, line] of shown) io.out(formatted(entry, line, form, fields));
  const last = shown.at(-1) ?? all.at(-1);
  if (options.has('show-cursor') && last !== undefined) io.out(`-- cursor: ${cursorOf(...last)}\n`);
  if (!follows) return 0;
  return followJournal(all.length, (entry, line) => {
    if (wanted(entry)) io.out(formatted(entry, line, form, fields));
  });
}

/** Ids of the boots that the journal knows, the oldest first, the present one last. */
function bootsOf(): readonly string[] {
  const now = readBoot().id.replaceAll('-', '');
  const known = new Set(readJournal().map(({ boot }) => boot));
  known.delete(now);
  return [...known, now];
}

function wantedBy(options: Options, boots: readonly string[]): (entry: JournalEntry) => boolean {
  const asked = options.get('boot') ?? (options.has('dmesg') ? '' : undefined);
  const boot = asked === undefined ? null : bootOf(asked, boots);
  const since = options.get('since');
  const time = since === undefined ? 0 : readTime(since, Date.now() * 1000);
  if (time === null) throw new NotInStandIn(`journalctl --since ${since ?? ''}`);
  const unit = options.get('unit')?.replace(/\.service$/, '');
  return (entry) =>
    (boot === null || entry.boot === boot) &&
    (!options.has('dmesg') || entry.who === 'kernel') &&
    (unit === undefined || entry.who === unit) &&
    entry.realtime >= time;
}

function bootOf(asked: string, boots: readonly string[]): string {
  if (/^[0-9a-f]{32}$/.test(asked)) return asked;
  const boot = boots.at(Number(asked === '' ? 0 : asked) - 1);
  if (boot === undefined) throw new NotInStandIn(`a boot ${asked} that the journal does not know`);
  return boot;
}

function lastOf(found: readonly Numbered[], options: Options, follows: boolean): readonly Numbered[] {
  const asked = options.get('lines') ?? (follows && !options.has('no-tail') ? String(LINES) : undefined);
  if (asked === undefined) return found;
  const count = asked === '' ? LINES : Number(asked);
  return asked.startsWith('+') ? found.slice(0, count) : found.slice(Math.max(0, found.length - count));
}
