/** Where a program of the stand-in writes. */
export interface Io {
  /** Text for stdout, line ends included. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Told the name of a task when it has begun. */
  readonly begun?: (upid: string) => void;
}

/** The streams of this process. Who reads them may go away; the program goes on, as Proxmox's tasks do. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
  };
}
