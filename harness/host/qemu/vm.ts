import type { Observation } from '../../trace/event.ts';
import type { BootKind } from '../../trace/words.ts';
import type { Limit } from '../../wire/deadline.ts';
import type { Record as RecordSeen, Vm, VmConsole } from '../host.ts';
import { type Asked, Conversation } from '../conversation.ts';
import { RunningQemu } from './running-qemu.ts';
import type { SerialConsole } from './serial-console.ts';
import type { VmParts } from './vm-parts.ts';

/** Why no boot here is cold. */
const COLD =
  'a local QEMU device has no state to be cold from; every start makes it anew, so ask for a start instead';

/** Command lines: the program, then all its arguments, `CHANNELS` among them. */
export interface VmCommand {
  readonly boot: readonly string[];
  /** The same without the device under test. */
  readonly control: readonly string[];
}

/** A VM on this machine's QEMU. Each boot of kind `start` is a QEMU process of its own. */
export class QemuVm implements Vm {
  readonly #command: VmCommand;
  readonly #conversation: Conversation;
  readonly #record: (seen: Observation) => void;
  readonly #parts: VmParts | null;
  readonly #serial: SerialConsole | null;
  #qemu: RunningQemu | null = null;

  /**
   * @param command with `CONTROL` and the console's own arguments in place of `CHANNELS` where it has a console
   * @param own what it has beside QEMU itself, disposed with it: what the command lines name, and its console
   */
  constructor(
    command: VmCommand,
    asked: Asked,
    record: RecordSeen,
    own: { readonly parts?: VmParts | null; readonly serial?: SerialConsole | null } = {},
  ) {
    this.#command = command;
    this.#parts = own.parts ?? null;
    this.#conversation = new Conversation(() => this.#running, asked, record);
    this.#record = record;
    this.#serial = own.serial ?? null;
  }

  get console(): VmConsole | undefined {
    if (this.#serial === null) return undefined;
    const running: VmConsole['running'] = () => {
      const qemu = this.#running;
      return qemu && { what: `QEMU, pid ${qemu.pid}`, ended: qemu.exited };
    };
    return { pty: this.#serial.pty, running };
  }

  cannot(kind: BootKind): Promise<string | null> {
    return Promise.resolve(this.#cannot(kind));
  }

  async boot(kind: BootKind, signal: AbortSignal): Promise<void> {
    const qemu = this.#running;
    if (kind === 'start') await this.#start(this.#command.boot, signal);
    else if (kind !== 'cold' && qemu) {
      await this.#conversation.restart(kind, (limit) => resetBy(qemu, limit), signal);
    } else this.#record({ ch: 'note', kind: 'info', text: this.#cannot(kind) ?? '' });
  }

  async bootControl(signal: AbortSignal): Promise<void> {
    await this.#start(this.#command.control, signal);
  }

  async reachAgent(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#conversation.reachAgent(seconds, signal);
  }

  async sample(nonce: string, seconds: number, signal: AbortSignal): Promise<void> {
    await this.#conversation.sample(nonce, seconds, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#stop();
    } finally {
      await this.#serial?.close();
      await this.#parts?.[Symbol.asyncDispose]();
    }
  }

  #cannot(kind: BootKind): string | null {
    if (kind === 'cold') return COLD;
    if (kind === 'start' || this.#running !== null) return null;
    return `QEMU is not running, so there is nothing to ${kind}`;
  }

  async #stop(): Promise<void> {
    const qemu = this.#qemu;
    this.#qemu = null;
    await qemu?.stop();
  }

  get #running(): RunningQemu | null {
    return this.#qemu?.ended === false ? this.#qemu : null;
  }

  async #start(argv: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#stop();
    signal.throwIfAborted();
    const given = await this.#parts?.beforeStart(this.#record, signal);
    this.#qemu = await RunningQemu.start(argv, this.#record, signal, given);
    await this.#conversation.begin(signal);
  }
}

async function resetBy({ qmp }: RunningQemu, limit: Limit): Promise<void> {
  await qmp.execute('system_reset', {}, limit);
}
