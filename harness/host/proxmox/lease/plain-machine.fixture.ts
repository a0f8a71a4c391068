import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { LineSplitter } from '../../../wire/lines.ts';
import { ConnectionLost, type Following, type Machine } from '../../../wire/machine/machine.ts';
import type { Exit } from '../../../wire/process.ts';
import { run } from '../../../wire/shell.ts';

/** A machine's connection that tests can cut or hold up: what the holder sees of a network. */
export interface PlainFollowing extends Following {
  /** The connection ends for the holder alone; the owner hears nothing of it. */
  cutForHolder(): void;
  /** The connection ends for the owner alone; the holder hears nothing of it. */
  cutForOwner(): void;
  /** From here on nothing that is written arrives. */
  holdUp(): void;
  /** The process that holds the lease: the one child of the one that was started. */
  holder(): number;
}

export interface PlainMachine extends Machine {
  readonly followed: readonly PlainFollowing[];
}

/** This machine, with processes as they are. */
export function plainMachine(): PlainMachine {
  const followed: PlainFollowing[] = [];
  return {
    name: 'this machine',
    followed,
    run: (argv, { seconds }) => run(argv, { timeout: seconds, allowFailure: true }),
    follow: async (argv, { onLine, onStderr }) => {
      const [program = '', ...args] = argv;
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
      for (const [stream, take] of [
        [child.stdout, onLine],
        [child.stderr, onStderr],
      ] as const) {
        const lines = new LineSplitter(65_536, (line) => take?.(line.toString()));
        stream.on('data', (chunk: Buffer) => {
          lines.push(chunk);
        });
      }
      child.stdin.on('error', () => undefined);
      let cutForOwner = (): void => undefined;
      const ended = new Promise<Exit>((resolve, reject) => {
        child.once('close', (code, signal) => {
          resolve({ code, signal });
        });
        cutForOwner = () => {
          reject(new ConnectionLost('the connection ended'));
        };
      });
      await once(child, 'spawn');
      let heldUp = false;
      const stop = async (): Promise<void> => {
        child.kill('SIGTERM');
        await ended;
      };
      const following: PlainFollowing = {
        ended,
        write: (line) => {
          if (!heldUp) child.stdin.write(`${line}\n`);
        },
        stop,
        cutForHolder: () => void child.stdin.end(),
        cutForOwner,
        holdUp: () => {
          heldUp = true;
        },
        holder: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')),
        [Symbol.asyncDispose]: stop,
      };
      followed.push(following);
      return following;
    },
    connect: () => Promise.reject(new Error('no test connects')),
    terminal: () => Promise.reject(new Error('no test has a terminal')),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
