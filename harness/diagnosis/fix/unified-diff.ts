const CONTEXT = 1;
/** Beyond this many changed lines the middle is shown as replaced. */
const MAX_LINES = 600;

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The difference of two texts in the form of `diff -u`, with a line of context; empty where they are the same. */
export function unifiedDiff(name: string, from: string, to: string): string {
  if (from === to) return '';
  const steps = compare(linesOf(from), linesOf(to));
  const hunks = hunksOf(steps);
  return [`--- ${name}`, `+++ ${name}`, ...hunks.flatMap(([start, end]) => hunk(steps, start, end))].join(
    '\n',
  );
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function compare(a: readonly string[], b: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return [
    ...kept(a.slice(0, head)),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...kept(a.slice(a.length - tail)),
  ];
}

function kept(lines: readonly string[]): readonly Step[] {
  return lines.map((text) => ({ sign: ' ', text }));
}

/** By the longest common subsequence; what goes stands before what comes. */
function middle(a: readonly string[], b: readonly string[]): readonly Step[] {
  const gone = (text: string): Step => ({ sign: '-', text });
  const come = (text: string): Step => ({ sign: '+', text });
  if (a.length > MAX_LINES || b.length > MAX_LINES) return [...a.map(gone), ...b.map(come)];
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (length[i] ?? [])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      steps.push({ sign: ' ', text: a[i++] ?? '' });
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      steps.push(gone(a[i++] ?? ''));
    else steps.push(come(b[j++] ?? ''));
  }
  return steps;
}

function hunksOf(steps: readonly Step[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const [index, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const [start, end] = [Math.max(0, index - CONTEXT), Math.min(steps.length, index + CONTEXT + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else hunks.push([start, end]);
  }
  return hunks;
}

function hunk(steps: readonly Step[], start: number, end: number): readonly string[] {
  const shown = steps.slice(start, end);
  const range = (without: '-' | '+'): string => {
    const count = shown.filter(({ sign }) => sign !== without).length;
    const before = steps.slice(0, start).filter(({ sign }) => sign !== without).length;
    return `${count === 0 ? before : before + 1},${count}`;
  };
  return [`@@ -${range('+')} +${range('-')} @@`, ...shown.map(({ sign, text }) => `${sign}${text}`)];
}
