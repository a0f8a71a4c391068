import { once } from 'node:events';

/** What whoever made the node holds it by: the node ends with it. */
export interface Leash {
  /** Says one line to them. */
  say(line: string): void;
  /** Resolves when they have let go. */
  readonly ended: Promise<unknown>;
}

/** Stdin and stdout: a process has them in every form of the node. */
export function openLeash(): Leash {
  const { stdin, stdout } = process;
  for (const end of [stdin, stdout]) end.on('error', () => undefined);
  stdin.resume();
  return { say: (line) => void stdout.write(`${line}\n`), ended: once(stdin, 'close') };
}
