import { Listr, ListrLogger, type ListrTaskWrapper } from 'listr2';
import type { PlanEvent } from '../../run/plan-event.ts';
import { printable } from '../../text/printable.ts';
import { fit, squeeze, wrap } from '../terminal/width.ts';
import { columnsOf, LiveOutput, rendererFor } from './renderer.ts';
import { activity, advance, endWords, span, WAITING, type CellState } from './state.ts';

type Renderer = ReturnType<typeof rendererFor>;
type Row = Pick<ListrTaskWrapper<unknown, Renderer, Renderer>, 'title' | 'output' | 'skip'>;
interface Watched {
  readonly name: string;
  state: CellState;
  /** Null until listr2 has asked for it, which is a few turns after the start. */
  row: Row | null;
  readonly done: Promise<void>;
  readonly finish: () => void;
}

// listr2 draws no row for a blank title: cells that have not begun stay out of sight. An empty one moves its output.
const UNSEEN = ' ';
const TICK = 250;
const ACTIVITY_LINES = 3;
// A cell's name in fewer columns says nothing; the verdict goes below it then.
const SHORTEST = 24;
// Icon, its space, the indent of an output line, and two columns that listr2 keeps free.
const FRAME = 6;

/**
 * Progress on a terminal: two lines for each cell that runs, one for each that has ended, and one that counts the rest.
 * Every line is cut to the terminal before listr2 sees it, so that it never has to wrap one.
 */
export function liveProgress(
  cells: readonly { readonly id: string; readonly name: string }[],
  options: { readonly stream: NodeJS.WriteStream; readonly now: () => number },
): { on(event: PlanEvent): void; stop(): Promise<void> } {
  const { stream, now } = options;
  const began = now();
  const watched = new Map(cells.map((cell) => [cell.id, watch(cell.id)]));
  const rest = watch('');
  // listr2 measures stdout for its own wrapping, whichever stream it writes to.
  const widest = (): number => (process.stdout.isTTY ? columnsOf(process.stdout) : 80);
  const room = (): number => Math.max(10, Math.min(columnsOf(stream), widest()) - FRAME);

  const draw = (): void => {
    for (const each of watched.values()) drawCell(each, room(), now());
    if (rest.row !== null) rest.row.title = fit(restWords([...watched.values()], now() - began), room());
  };
  // A display that breaks must not end the run that it shows.
  const running = listOf([...watched.values(), rest], stream, room)
    .run()
    .catch(() => undefined);
  const ticker = setInterval(draw, TICK);

  return {
    on(event) {
      const cell = watched.get(event.cell);
      if (cell === undefined) return;
      cell.state = advance(cell.state, event, now());
      drawCell(cell, room(), now());
      if (event.kind === 'end') cell.finish();
    },
    async stop() {
      clearInterval(ticker);
      for (const cell of [...watched.values(), rest]) cell.finish();
      await running;
    },
  };
}

function listOf(
  rows: readonly Watched[],
  stream: NodeJS.WriteStream,
  room: () => number,
): Listr<unknown, Renderer, Renderer> {
  const renderer = rendererFor(stream);
  const tasks = rows.map((cell) => ({
    title: UNSEEN,
    task: async (_: unknown, row: Row): Promise<void> => {
      cell.row = row;
      await cell.done;
      close(cell, row, room());
    },
  }));
  return new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    renderer,
    fallbackRenderer: renderer,
    rendererOptions: {
      logger: new ListrLogger({ useIcons: true, toStderr: [], processOutput: new LiveOutput(stream) }),
    },
  });
}

function watch(name: string): Watched {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { name: printable(name, 200), state: WAITING, row: null, done, finish };
}

function drawCell({ name, state, row }: Watched, room: number, now: number): void {
  if (row === null || state.began === null || state.end !== null) return;
  row.title = squeeze(name, room);
  row.output = wrap(activity(state, now), room).slice(0, ACTIVITY_LINES).join('\n');
}

/** Writes a row's last line. What was stopped half-way says so; what never began stays out of sight. */
function close({ name, state: { began, end } }: Watched, row: Row, room: number): void {
  if (end === null) {
    row.title = began === null ? UNSEEN : `${squeeze(name, room - 9)}  stopped`;
    return;
  }
  const words = endWords(end);
  const beside = room - words.length - 2;
  const line =
    beside < SHORTEST ? `${squeeze(name, room)}\n  ${words}` : `${squeeze(name, beside)}  ${words}`;
  row.title = line;
  if (end.verdict === 'skip') row.skip(line);
  // listr2 marks a row as bad when its task throws, and prints the message in its place.
  if (end.asExpected === false || end.verdict === 'error') throw new Error(line);
}

function restWords(cells: readonly Watched[], elapsed: number): string {
  const done = cells.filter(({ state }) => state.end !== null).length;
  const waiting = cells.filter(({ state }) => state.began === null && state.end === null).length;
  return `${done}/${cells.length} cells done, ${waiting} waiting · ${span(elapsed)}`;
}
