import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { within } from '../../wire/deadline.ts';
import { LeashedProcess } from '../../wire/process.ts';
import { firstProcess } from '../first-process.ts';
import { LabFailed } from '../lab-error.ts';
import { LeashLines } from '../leash-lines.ts';
import { DOCKERD, OWN, SOCKET } from './dockerd-script.ts';

/** Seconds in which it must answer. */
const UP = 30;
const LOOK = 0.05;
/** Seconds that it may take to end its containers. */
const PATIENCE = 10;

/** A container runtime of our own. */
export interface Dockerd {
  /** As `DOCKER_HOST` has it. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts a dockerd that ends with this process, however that ends, and keeps nothing on this machine's disks. Needs root.
 *
 * @param tree where it is unpacked
 * @throws LabFailed it did not come up; the message has its last words
 */
export async function startDockerd(tree: string): Promise<Dockerd> {
  const said: string[] = [];
  const onStderr = (line: string): void => void said.push(line);
  const leashed = await LeashedProcess.start([...OWN, 'sh', '-c', DOCKERD, 'sh', tree], {
    sockets: 1,
    onStderr,
  });
  const stop = async (): Promise<void> => {
    for (const leash of leashed.sockets) leash.end();
    await leashed.stop(1, PATIENCE);
  };
  try {
    const socket = await comeUp(leashed);
    return { address: `unix://${socket}`, stop };
  } catch (cause) {
    await stop();
    const words = said.slice(-3).join(' | ') || 'nothing';
    throw new LabFailed(`Debian's dockerd did not come up here; it said: ${words}`, { cause });
  }
}

async function comeUp({ sockets, exited }: LeashedProcess): Promise<string> {
  const [leash] = sockets;
  if (leash === undefined) throw new LabFailed('it was started without its leash');
  const first = firstProcess(await new LeashLines(leash, UP).next());
  if (first === null) throw new LabFailed('its processes are not to be seen from here');
  const socket = `/proc/${first}/root${SOCKET}`;
  const ended = exited.then(() => {
    throw new LabFailed('it ended');
  });
  const looking = new AbortController();
  try {
    const late = (): Error => new LabFailed(`no answer within ${UP} s`);
    await within(Promise.race([ended, up(socket, looking.signal)]), { seconds: UP }, late);
    return socket;
  } finally {
    looking.abort();
  }
}

async function up(socket: string, signal: AbortSignal): Promise<void> {
  while (!(await answers(socket, signal))) await pause(LOOK * 1000, undefined, { signal });
}

async function answers(socketPath: string, signal: AbortSignal): Promise<boolean> {
  try {
    const asked = get({ socketPath, path: '/_ping', headers: { host: 'docker' }, signal });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}
