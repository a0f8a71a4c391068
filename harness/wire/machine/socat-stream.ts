import type { Duplex } from 'node:stream';
import { CommandFailed } from '../command-failed.ts';
import { type Limit, within } from '../deadline.ts';
import { type Exit, LeashedProcess } from '../process.ts';
import { SocketRefused } from './machine.ts';
import { shellWords } from './shell-words.ts';

/** A socket of another machine. */
export interface SocatStream {
  readonly stream: Duplex;
  /** Resolves when the program that holds the near end has ended. */
  readonly ended: Promise<Exit>;
}

/** Seconds by which one direction outlives the other: sshd tells the end of stdout only with that of stderr. */
const LAST_WORDS = 0.5;
/** What may have a meaning of its own in socat's addresses (socat(1), ADDRESS SPECIFICATIONS). */
const SPECIAL = /[^\w./+@%\-\u0080-\u{10ffff}]/gu;
/** socat says this when both of its sides are open (socat.c, _socat). */
const CONNECTED = 'starting data transfer loop';
/** How it says that one cannot be opened, behind time and process. */
const REFUSED = / E (connect\(.*)$/;
/** One socket is stdin and stdout of the program. */
const ON_SOCKET = ['sh', '-c', 'exec "$@" <&3 >&3 3>&-', 'sh'];

/** Shell text that connects stdin and stdout with a socket. qemu-server depends on socat (9.2.6, debian/control). */
export function socatText(path: string): string {
  const address = `UNIX-CONNECT:${path.replace(SPECIAL, String.raw`\$&`)}`;
  return `exec ${shellWords(['socat', '-d', '-d', '-t', String(LAST_WORDS), '-', address])}`;
}

/**
 * Connects by a program that runs `socatText` of a path on the other machine.
 *
 * @throws SocketRefused nobody listens there; CommandFailed no answer in time, or no socat; the signal's reason
 */
export async function socatStream(
  argv: readonly string[],
  where: string,
  limit: Limit,
): Promise<SocatStream> {
  const said: string[] = [];
  let connected = (): void => undefined;
  const ready = new Promise<null>((resolve) => {
    connected = () => {
      resolve(null);
    };
  });
  const child = await LeashedProcess.start([...ON_SOCKET, ...argv], {
    sockets: 1,
    onStderr: (line) => {
      if (line.includes(CONNECTED)) connected();
      else if (said.length < 20) said.push(line);
    },
  });
  const [stream] = child.sockets;
  const end = async (): Promise<void> => {
    stream?.destroy();
    await child.stop(2, LAST_WORDS + 2);
  };
  const failed = (what: string, more = {}): CommandFailed =>
    new CommandFailed({ argv: ['socat', where], what, stderr: said.join('\n'), ...more });
  try {
    const late = (): Error => failed(`no answer within ${limit.seconds} s`, { timedOut: true });
    const exit = await within(Promise.race([ready, child.exited]), limit, late);
    if (exit !== null) throw refusal(where, said) ?? failed('could not connect', { code: exit.code });
    if (stream === undefined) throw failed('no stream');
    // One that cannot even be killed waits in the kernel, and its stream has ended all the same.
    stream.once('close', () => { end().catch(() => undefined); }); // prettier-ignore
    return { stream, ended: child.exited };
  } catch (error) {
    await end();
    throw error;
  }
}

function refusal(where: string, said: readonly string[]): SocketRefused | null {
  const [, words] = said.map((line) => REFUSED.exec(line)).find((match) => match !== null) ?? [];
  return words === undefined ? null : new SocketRefused(`${where}: ${words}`);
}
