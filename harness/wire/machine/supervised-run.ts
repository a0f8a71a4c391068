import { BoundedOutput } from '../bounded-output.ts';
import { CommandFailed } from '../command-failed.ts';
import { groupStopper, type StopReason } from '../group-stopper.ts';
import type { CommandOutput } from '../shell.ts';
import type { CommandLimit } from './machine.ts';
import type { Session } from './session.ts';
import { Supervision } from './supervision.ts';
import { base64, type LastWord, newMark, supervised } from './supervisor.ts';
import type { Way } from './way.ts';

/** Seconds beyond a command's own after which its supervisor ends it by itself: nobody else has. */
const ALONE = 5;
const MAX_INPUT = 16 * 1024 * 1024;

/** As `Machine.run`, on a machine where supervisors can be started. */
export async function runSupervised(
  way: Way,
  argv: readonly string[],
  limit: CommandLimit,
): Promise<CommandOutput> {
  const refuse = (what: string): CommandFailed => new CommandFailed({ argv, what });
  if (argv.length === 0 || argv.some((arg) => arg.includes('\0')))
    throw refuse('not a command: it is empty or holds a NUL byte');
  const input = Buffer.from(limit.input ?? '');
  if (input.length > MAX_INPUT) throw refuse(`its input is larger than ${MAX_INPUT} bytes`);
  const { seconds, signal, whenLost = 'goes-on' } = limit;
  const mark = newMark();
  using stop = groupStopper({ timeout: seconds, ...(signal ? { signal } : {}) });
  const words = supervised(argv, { mark, whenLost, seconds: seconds + ALONE, input });
  const session = await startFor(way, argv, words, limit);
  const keep = (): BoundedOutput =>
    new BoundedOutput(limit.maxOutput === undefined ? {} : { maxOutput: limit.maxOutput }, () => {
      stop.end('output');
    });
  const [stdout, stderr] = [keep(), keep()];
  const supervision = new Supervision(session, mark, {
    stdout: (bytes) => void stdout.push(bytes),
    stderr: (bytes) => void stderr.push(bytes),
  });
  session.tell(base64(input));
  const end = (): void => {
    supervision.end();
  };
  if (stop.signal.aborted) end();
  else stop.signal.addEventListener('abort', end, { once: true });
  const last = await supervision.ended;
  const said = { stdout: stdout.text, stderr: stderr.text };
  const failed = failure(way, limit, last, stop.reason);
  if (failed !== null) throw new CommandFailed({ argv, ...said, code: last?.code ?? null, ...failed });
  if (last === null) throw await way.whySilent(argv, supervision.silent);
  return { ...said, code: last.code };
}

async function startFor(
  way: Way,
  argv: readonly string[],
  words: readonly string[],
  { seconds, signal }: CommandLimit,
): Promise<Session> {
  try {
    signal?.throwIfAborted();
    return await way.start(words, { seconds, signal });
  } catch (cause) {
    if (signal?.aborted !== true) throw cause;
    throw new CommandFailed({ argv, what: 'was stopped before it began', aborted: true, cause });
  }
}

/** Why what came back is no answer; null where it is, or nobody said anything. */
function failure(
  { name }: Way,
  { seconds, signal }: CommandLimit,
  last: LastWord | null,
  reason: StopReason | null,
): { what: string; aborted?: true; timedOut?: true; cause?: unknown } | null {
  const ended = last === null ? `; nobody on ${name} says that it has ended` : ' and was ended';
  if (reason === 'output') return { what: `printed too much${ended}` };
  if (last?.how === 'exited') return null;
  if (last?.how === 'missing') return { what: `there is no such program on ${name}` };
  if (reason === 'aborted') return { what: `was stopped${ended}`, aborted: true, cause: signal?.reason };
  if (reason === 'timeout' || last?.how === 'late')
    return { what: `took longer than ${seconds} s${ended}`, timedOut: true };
  return null;
}
