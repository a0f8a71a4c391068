import type { Observation } from '../../../trace/event.ts';
import { LineSplitter } from '../../../wire/lines.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import type { VmConsole } from '../../host.ts';
import { type NodeQemu, SERIAL_LINE } from './node-qemu.ts';
import { type Size, VmTerminal } from './vm-terminal.ts';

/** Seconds for the last words of a QEMU that has ended to come. */
const LAST_WORDS = 2;

export interface NodeConsoleParts {
  readonly vmid: number;
  readonly node: Machine;
  readonly record: (seen: Observation) => void;
}

/**
 * The serial console of a run's VM on a node: one line for whoever looks in, over all boots, that leads to the `qm
 * terminal` of the QEMU that runs now. The port takes one client at a time, so the run's own `serial` events are made
 * of the same bytes. What a guest writes in the second between QEMU's start and the terminal's is not seen.
 */
export class NodeConsole implements VmConsole {
  readonly pty: VmConsole['pty'];
  readonly #parts: NodeConsoleParts;
  readonly #listeners = new Set<(bytes: Buffer) => void>();
  #size: Size = { columns: 80, rows: 24 };
  #now: { readonly terminal: VmTerminal; readonly qemu: NodeQemu; readonly ended: Promise<void> } | null =
    null;

  constructor(parts: NodeConsoleParts) {
    this.#parts = parts;
    this.pty = {
      onData: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
      write: (typed) => {
        this.#now?.terminal.write(typed);
      },
      resize: (columns, rows) => {
        this.#size = { columns, rows };
        this.#now?.terminal.resize(this.#size);
      },
    };
  }

  running(): ReturnType<VmConsole['running']> {
    if (this.#now === null || this.#now.qemu.ended) return null;
    const { qemu, ended } = this.#now;
    return { what: `VM ${this.#parts.vmid} on ${this.#parts.node.name}, QEMU's pid ${qemu.pid}`, ended };
  }

  /**
   * Leads the line to a QEMU that has just been started, until that ends.
   *
   * @throws PveRefused `qm terminal` said no; PveLate; ConnectionLost; PtyUnavailable
   */
  async follow(qemu: NodeQemu): Promise<void> {
    const { vmid, node, record } = this.#parts;
    const terminal = await VmTerminal.open(node, vmid, this.#size);
    const lines = new LineSplitter(SERIAL_LINE, (line) => {
      record({ ch: 'serial', line: line.toString() });
    });
    terminal.onData((bytes) => {
      lines.push(bytes);
      this.#show(bytes);
    });
    const gone = terminal.ended.then((how) => {
      lines.end();
      if (!qemu.ended) this.#show(Buffer.from(`\r\n[the console of VM ${vmid} ended: ${how}]\r\n`));
    });
    // A VM that cannot be looked into any more is not held up for it.
    const ended = Promise.race([gone, qemu.exited.catch(() => undefined)]);
    this.#now = { terminal, qemu, ended };
  }

  /** Ends what the line leads to, once it has brought the last words of a QEMU that has ended. */
  async release(): Promise<void> {
    const now = this.#now;
    this.#now = null;
    if (now === null) return;
    const late = AbortSignal.timeout(LAST_WORDS * 1000);
    await Promise.race([
      now.terminal.ended,
      new Promise((resolve) => {
        late.addEventListener('abort', resolve, { once: true });
      }),
    ]);
    await now.terminal.close();
  }

  #show(bytes: Buffer): void {
    for (const listener of this.#listeners) listener(bytes);
  }
}
