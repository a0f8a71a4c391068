import type { InputSeen } from '../diagnosis.ts';
import type { NumberedLine, Part, PartKind } from '../part.ts';
import { voiceOf, type Voice } from './announcement.ts';
import { voiceOfStretch, type Item, type Stretch, type TextLine } from './stretch.ts';
import { sortText } from './text-kinds.ts';

interface Piece {
  readonly kind: PartKind;
  readonly voice: Voice;
  readonly from: number;
  to: number;
  readonly lines: NumberedLine[];
  /** Whether the log's kept lines between `from` and `to` belong to it. */
  readonly log: boolean;
}

const LOGS: ReadonlySet<PartKind> = new Set(['kernel-log', 'guest-kernel-log', 'qemu-log']);

/** Puts the stretches of logs and the lines of text together to parts. */
export function sortParts(
  input: string,
  items: readonly Item[],
  kept: readonly NumberedLine[],
): readonly Part[] {
  const pieces = new Pieces(voiceOf(input.replaceAll(/[-_./\\]+/g, ' ')));
  for (const group of grouped(items)) {
    if ('log' in group) pieces.log(group.log);
    else pieces.text(group.lines);
  }
  let next = 0;
  return pieces.all.map(({ kind, voice, from, to, lines }) => {
    const all = [...lines];
    for (; next < kept.length && (kept[next]?.n ?? 0) <= to; next += 1) {
      const line = kept[next];
      if (line !== undefined && line.n >= from) all.push(line);
    }
    all.sort((a, b) => a.n - b.n);
    return { kind, input, from, to, lines: all, bytes: null, ...(LOGS.has(kind) ? { voice } : {}) };
  });
}

export function seenParts(parts: readonly Part[]): InputSeen['parts'] {
  return parts.map(({ kind, from, to }) => ({ kind, from, to }));
}

function* grouped(items: readonly Item[]): Generator<{ log: Stretch } | { lines: readonly TextLine[] }> {
  let lines: TextLine[] = [];
  for (const item of items) {
    if ('line' in item) {
      lines.push(item.line);
      continue;
    }
    if (lines.length > 0) yield { lines };
    lines = [];
    yield item;
  }
  if (lines.length > 0) yield { lines };
}

class Pieces {
  readonly all: Piece[] = [];
  private announced: Voice;
  private readonly named: Voice;
  private before: { readonly stretch: Stretch; readonly voice: Voice } | null = null;
  private blanks: NumberedLine[] = [];
  private open = true;

  /** @param named what the input's name says: `guest-dmesg.txt` */
  constructor(named: Voice) {
    this.announced = this.named = named;
  }

  log(stretch: Stretch): void {
    const voice = voiceOfStretch(stretch, this.announced, this.before);
    this.before = { stretch, voice };
    this.add(
      stretch.libvirt ? 'qemu-log' : voice === 'guest' ? 'guest-kernel-log' : 'kernel-log',
      voice,
      stretch,
      true,
    );
  }

  text(lines: readonly TextLine[]): void {
    for (const { line, kind, announces } of sortText(lines)) {
      if (announces !== null) {
        this.announced = announces.voice ?? this.named;
        this.before = null;
      }
      if (kind === 'blank') this.blanks.push({ n: line.n, text: '' });
      else if (kind === 'none') this.open = false;
      else this.line(line, kind);
    }
  }

  private line(line: TextLine, kind: PartKind): void {
    const guest = kind === 'kernel-log' && this.announced === 'guest';
    const voice = kind === 'kernel-log' ? this.announced : null;
    const range = { from: line.n, to: line.n };
    this.add(guest ? 'guest-kernel-log' : kind, voice, range, LOGS.has(kind), { n: line.n, text: line.text });
  }

  private add(
    kind: PartKind,
    voice: Voice,
    { from, to }: { readonly from: number; readonly to: number },
    log: boolean,
    line?: NumberedLine,
  ): void {
    const last = this.all.at(-1);
    // Whose a log is may show only later in it, so a log without a voice stays apart from one that has one.
    const same = this.open && last?.kind === kind && last.voice === voice;
    const piece = same ? last : { kind, voice, from, to, lines: [], log };
    if (!same) this.all.push(piece);
    piece.to = to;
    if (same && !log) piece.lines.push(...this.blanks);
    if (line !== undefined) piece.lines.push(line);
    this.blanks = [];
    this.open = true;
  }
}
