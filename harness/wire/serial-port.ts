import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { within } from './deadline.ts';
import { MarkFilter } from './mark-filter.ts';
import { openPty, type Pty } from './pty.ts';

/** Two ends of one line: a program opens `path` as its serial port, and `pty` is the other end of the cable. */
export interface SerialPort extends AsyncDisposable {
  /** `/dev/pts/<n>` */
  readonly path: string;
  readonly pty: Pty;
  /**
   * Resolves when all that was written at the far end until now has come out of `pty`, or after two seconds. The end of
   * the program there tells nothing of it: the last kilobytes may still be on the line.
   */
  drain(): Promise<void>;
}

/** The line could not be laid. */
export class NoSerialPort extends Error {
  override readonly name = 'NoSerialPort';
}

/**
 * Holds the terminal open and does nothing else. The terminal is raw before anybody knows its name: no echo, no
 * signals, no translation, eight bits. It does not outlive this process (prctl(2), PR_SET_PDEATHSIG).
 */
const HOLDER = [
  'setpriv',
  '--pdeathsig',
  'KILL',
  '--',
  'sh',
  '-c',
  'stty raw -echo && tty && exec sleep infinity',
];
/** Seconds for the holder to say where it is, and to be gone once killed. */
const READY = 10;
const GONE = 5;
/** Seconds for the line to bring what is on it. */
const DRAIN = 2;

/**
 * Lays a serial line over a pseudo-terminal, whose far end any number of programs can open one after the other.
 *
 * Why a program holds it: a line whose last user closes it loses its settings and hangs up, so a VM that is started
 * again would come back to a cooked terminal; and of node-pty only `spawn` is public (1.1.0's `open` reads from both
 * ends of the pair, so it swallows what is typed, and its `write` fails).
 *
 * @throws {PtyUnavailable} node-pty is not there; {NoSerialPort} the line did not come up
 */
export async function openSerialPort(size: {
  readonly columns: number;
  readonly rows: number;
}): Promise<SerialPort> {
  const pty = openPty(HOLDER, size);
  const close = async (): Promise<void> => {
    pty.kill('SIGKILL');
    await within(pty.exited, { seconds: GONE }, () => new NoSerialPort('its holder cannot be killed'));
  };
  try {
    const path = await pathOf(pty);
    return { path, ...drainable(pty, path), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes a mark at the far end and waits until it comes out. Who listens does not see it. */
function drainable(pty: Pty, path: string): Pick<SerialPort, 'pty' | 'drain'> {
  const listeners = new Set<(bytes: Buffer) => void>();
  const filter = new MarkFilter((bytes) => {
    for (const listener of listeners) listener(bytes);
  });
  pty.onData((bytes) => {
    filter.push(bytes);
  });
  const onData: Pty['onData'] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const drain = async (): Promise<void> => {
    const mark = randomBytes(16);
    const arrived = filter.expect(mark);
    const sent = writeFile(path, mark, { flag: constants.O_WRONLY | constants.O_NOCTTY });
    await within(
      Promise.all([sent, arrived]),
      { seconds: DRAIN },
      () => new NoSerialPort('it does not drain'),
    )
      // A line that brings nothing more has nothing more to tell.
      .catch(() => {
        filter.giveUp();
      });
  };
  return { pty: { ...pty, onData }, drain };
}

/** What the holder says first, `tty`'s one line; all that comes later is the program's at the far end. */
async function pathOf(pty: Pty): Promise<string> {
  let said = '';
  let off = (): void => undefined;
  const refused = (why: string): NoSerialPort =>
    new NoSerialPort(
      `no serial line over a pseudo-terminal: ${why}; its holder said ${JSON.stringify(said)}`,
    );
  const line = new Promise<void>((resolve) => {
    off = pty.onData((bytes) => {
      said = (said + bytes.toString('latin1')).slice(0, 200);
      if (said.includes('\n')) resolve();
    });
  });
  const ended = pty.exited.then(({ code }) => {
    throw refused(`its holder ended with exit code ${code}`);
  });
  try {
    await within(Promise.race([line, ended]), { seconds: READY }, () => refused(`none within ${READY} s`));
  } finally {
    off();
  }
  const [, path] = /^(\/dev\/pts\/\d+)\r?\n$/.exec(said) ?? [];
  if (path === undefined) throw refused('that is no terminal');
  return path;
}
