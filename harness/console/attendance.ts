import type { VmConsole } from '../host/host.ts';
import type { Attend, RunAtConsole } from '../run/attend.ts';
import { ConsoleRecording } from '../trace/console-recording.ts';
import { requirePty } from '../wire/pty.ts';
import type { DetachKey } from './detach-key.ts';
import type { Link } from './link.ts';
import { relay, type Left } from './relay.ts';
import { requireTerminal, terminalSize, UserTerminal } from './user-terminal.ts';

export interface AttendOptions {
  readonly detach: DetachKey;
  /** What the recording is called, such as the cell. */
  readonly title: string;
  /** Said on the terminal before it belongs to the guest. */
  readonly greeting: (run: RunAtConsole) => string;
  /** Called when the person leaves, by themselves or not. */
  readonly onLeft: (how: Left) => void;
}

/**
 * Puts this process's own terminal on a VM's console, and records what it shows in the trace, as `console.cast`.
 *
 * @throws {NoTerminal | PtyUnavailable} at once, before anything is started
 */
export function attendHere(options: AttendOptions): Attend {
  requireTerminal();
  requirePty();
  return async (console, run) => {
    process.stdout.write(options.greeting(run));
    const recording = new ConsoleRecording(
      { directory: run.directory, file: 'console.cast' },
      { size: terminalSize(), title: options.title, redact: run.redact },
    );
    const terminal = await UserTerminal.open();
    const off = console.pty.onData((bytes) => {
      recording.output(bytes);
    });
    const gone = new AbortController();
    const relayed = relay(terminal, recorded(console, recording), { ...options, signal: gone.signal });
    const left = relayed.then((how) => {
      terminal.close();
      options.onLeft(how);
    });
    return {
      end: async () => {
        gone.abort();
        await left;
        off();
        const made = recording.close();
        if (recording.incomplete !== null) run.note(`console.cast: ${recording.incomplete}`);
        return [made];
      },
    };
  };
}

/** The console as a link whose changes of size are recorded; what it shows is recorded whether anybody looks or not. */
export function recorded({ pty }: VmConsole, recording: ConsoleRecording): Link {
  return {
    onData: (listener) => pty.onData(listener),
    write: (typed) => {
      pty.write(typed);
    },
    resize: (size) => {
      pty.resize(size.columns, size.rows);
      recording.resize(size);
    },
  };
}
