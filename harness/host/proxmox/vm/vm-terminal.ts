import { within } from '../../../wire/deadline.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import type { Pty } from '../../../wire/pty.ts';
import { PveLate } from '../manager/late.ts';
import { PveRefused } from '../refused.ts';

/** Seconds until `qm terminal` has said its first word, for a word of the node, and until a terminal that was hung up is gone. */
const BEGIN = 30;
const ANSWER = 20;
const GONE = 5;
/** What it says once it has looked at the VM; what stood before was Perl's, about its locale. */
const BEGUN = /^starting serial terminal on interface [^\n]*\n/m;
/** Bytes of what comes before it that are kept. */
const PREAMBLE = 16_384;
/**
 * Raw before anybody types: what came before socat has set it would be echoed, and Ctrl-C would end it. Without a key of
 * its own that leaves (`--escape 0`: qemu-server, PVE/CLI/qm.pm; not seen on a node), so that all go to the guest.
 */
const PROGRAM = ['sh', '-c', 'stty raw -echo && exec "$@"', 'sh'];
const terminalOf = (vmid: number): readonly string[] => ['qm', 'terminal', String(vmid), '--escape', '0'];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A VM's first serial port, through `qm terminal` on its node: bytes, unaltered both ways. */
export class VmTerminal {
  /** Resolves when there is no terminal any more, with how `qm terminal` ended. */
  readonly ended: Promise<string>;
  readonly #pty: Pty;
  readonly #listeners = new Set<(bytes: Buffer) => void>();
  /** What came before anybody listened. */
  #early: Buffer[] = [];

  private constructor(pty: Pty) {
    this.#pty = pty;
    this.ended = pty.exited.then(({ code, signal }) =>
      signal === null ? `qm terminal ended with exit code ${code}` : 'its terminal was hung up',
    );
  }

  /**
   * Resolves when what is typed reaches the VM.
   *
   * @throws PveRefused `qm terminal` said no, in its own words; PveLate; ConnectionLost; PtyUnavailable
   */
  static async open(node: Machine, vmid: number, size: Size): Promise<VmTerminal> {
    const terminal = new VmTerminal(await node.terminal([...PROGRAM, ...terminalOf(vmid)], size));
    try {
      await terminal.#begin(`qm terminal ${vmid} on ${node.name}`, node);
      return terminal;
    } catch (error) {
      await terminal.close();
      throw error;
    }
  }

  onData(listener: (bytes: Buffer) => void): () => void {
    this.#listeners.add(listener);
    for (const bytes of this.#early.splice(0)) listener(bytes);
    return () => void this.#listeners.delete(listener);
  }

  write(typed: string | Buffer): void {
    this.#pty.write(typed);
  }

  resize({ columns, rows }: Size): void {
    this.#pty.resize(columns, rows);
  }

  /** Hangs up, and waits until that is done. The VM does not notice. */
  async close(): Promise<void> {
    this.#pty.kill('SIGHUP');
    await within(this.#pty.exited, { seconds: GONE }, () => new Error('it does not end')).catch(() => {
      this.#pty.kill('SIGKILL');
    });
  }

  async #begin(asked: string, node: Machine): Promise<void> {
    let said = '';
    let off = (): void => undefined;
    const begun = new Promise<'begun'>((resolve) => {
      let waiting = true;
      off = this.#pty.onData((bytes) => {
        if (!waiting) {
          this.#show(bytes);
          return;
        }
        said = (said + bytes.toString('latin1')).slice(-PREAMBLE);
        const match = BEGUN.exec(said);
        if (match === null) return;
        waiting = false;
        resolve('begun');
        const rest = said.slice(match.index + match[0].length);
        if (rest !== '') this.#show(Buffer.from(rest, 'latin1'));
      });
    });
    const first = await within(
      Promise.race([begun, this.ended]),
      { seconds: BEGIN },
      () => new PveLate(asked, BEGIN),
    );
    if (first === 'begun') return;
    off();
    // Where the connection went, this says so.
    await node.run(['true'], { seconds: ANSWER });
    throw new PveRefused(asked, said.replaceAll('\r', '').trim() || first);
  }

  #show(bytes: Buffer): void {
    if (this.#listeners.size === 0) this.#early.push(bytes);
    else for (const listener of this.#listeners) listener(bytes);
  }
}
