import * as z from 'zod/mini';
import { probeCommand } from '../../guest/probe.ts';
import type { BootKind, Probe } from '../../trace/words.ts';
import type { Limit } from '../../wire/deadline.ts';
import { AgentGone, AgentRefused, AgentSilent } from '../../wire/guest-agent.ts';
import { type QmpEvent, QmpGone, QmpSilent } from '../../wire/qmp.ts';
import type { Record as RecordSeen, Vm, VmConsole } from '../host.ts';
import { RunningQemu } from './running-qemu.ts';
import type { SerialConsole } from './serial-console.ts';
import type { VmParts } from './vm-parts.ts';

/** Why no boot here is cold. */
const COLD =
  'a local QEMU device has no state to be cold from; every start makes it anew, so ask for a start instead';

/** Seconds for QEMU to answer, to carry out a reset, for a guest to restart itself, for one run of the probe. */
const ANSWER = 10;
const RESET = 20;
const REBOOT = 120;
const PROBE = 60;
const AGENT = 15;

/** The commands of the agent that the harness uses: the rest of what it can do is left out of the trace. */
const USED = new Set(['guest-exec', 'guest-exec-status', 'guest-get-osinfo', 'guest-shutdown']);

/** A VM on this machine's QEMU. Each boot of kind `start` is a QEMU process of its own. */
export class QemuVm implements Vm {
  readonly #argv: readonly string[];
  readonly #probe: Probe;
  readonly #record: RecordSeen;
  readonly #parts: VmParts | null;
  readonly #serial: SerialConsole | null;
  #qemu: RunningQemu | null = null;

  /**
   * @param argv the program, then all its arguments, `CHANNELS` among them, or `CONTROL` and the console's own
   * @param own what it has beside QEMU itself, disposed with it: what `argv` names, and its console
   */
  constructor(
    argv: readonly string[],
    probe: Probe,
    record: RecordSeen,
    own: { readonly parts?: VmParts | null; readonly serial?: SerialConsole | null } = {},
  ) {
    this.#argv = argv;
    this.#parts = own.parts ?? null;
    this.#probe = probe;
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

  cannot(kind: BootKind): string | null {
    if (kind === 'cold') return COLD;
    if (kind === 'start' || this.#running !== null) return null;
    return `QEMU is not running, so there is nothing to ${kind}`;
  }

  async boot(kind: BootKind, signal: AbortSignal): Promise<void> {
    if (kind === 'start') await this.#start(signal);
    else if (kind !== 'cold' && this.#running) await this.#restart(this.#running, kind, signal);
    else this.#record({ ch: 'note', kind: 'info', text: this.cannot(kind) ?? '' });
  }

  async reachAgent(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#ask({ seconds, signal }, async ({ agent }, limit) => {
      await agent.sync(limit);
      this.#record({ ch: 'agent', kind: 'up' });
      const info = await agent.info({ seconds: AGENT, signal });
      const used = info.supported_commands.filter(({ name }) => USED.has(name));
      this.#record({
        ch: 'agent',
        kind: 'reply',
        command: 'guest-info',
        data: { version: info.version, supported_commands: used },
      });
      const data = await agent.osinfo({ seconds: AGENT, signal });
      this.#record({ ch: 'agent', kind: 'reply', command: 'guest-get-osinfo', data });
    });
  }

  async sample(nonce: string, signal: AbortSignal): Promise<void> {
    const { path, args } = probeCommand(this.#probe, nonce);
    await this.#ask({ seconds: PROBE, signal }, async ({ agent }, limit) => {
      this.#record({ ch: 'agent', kind: 'probe', nonce, ...(await agent.exec(path, args, limit)) });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#stop();
    } finally {
      await this.#serial?.close();
      await this.#parts?.[Symbol.asyncDispose]();
    }
  }

  async #stop(): Promise<void> {
    const qemu = this.#qemu;
    this.#qemu = null;
    await qemu?.stop();
  }

  get #running(): RunningQemu | null {
    return this.#qemu?.ended === false ? this.#qemu : null;
  }

  async #start(signal: AbortSignal): Promise<void> {
    await this.#stop();
    signal.throwIfAborted();
    const given = await this.#parts?.beforeStart(this.#record, signal);
    this.#qemu = await RunningQemu.start(this.#argv, this.#record, signal, given);
    await this.#ask({ seconds: ANSWER, signal }, (qemu, limit) => this.#recordStatus(qemu, limit));
  }

  /** A reset comes from outside; a reboot is asked of the guest. Both end in QEMU's RESET event. */
  async #restart(qemu: RunningQemu, kind: 'reset' | 'reboot', signal: AbortSignal): Promise<void> {
    const limit = { seconds: kind === 'reset' ? RESET : REBOOT, signal };
    const reset = qemu.qmp.next('RESET', (event) => isReset(event, kind), limit);
    reset.catch(() => undefined);
    await this.#ask(limit, async () => {
      if (kind === 'reset') await qemu.qmp.execute('system_reset', {}, { seconds: ANSWER, signal });
      else await qemu.agent.shutdown('reboot', { seconds: AGENT, signal });
      await reset;
      qemu.agent.forget();
      await this.#recordStatus(qemu, { seconds: ANSWER, signal });
    });
  }

  async #recordStatus({ qmp }: RunningQemu, limit: Limit): Promise<void> {
    const data = await qmp.execute('query-status', {}, limit);
    this.#record({ ch: 'qmp', kind: 'reply', command: 'query-status', data });
  }

  /** Talks to a running QEMU and writes down what does not come back. Its exit is an observation of its own. */
  async #ask(limit: Limit, talk: (qemu: RunningQemu, limit: Limit) => Promise<void>): Promise<void> {
    const qemu = this.#running;
    if (qemu === null) return;
    try {
      await talk(qemu, limit);
    } catch (error) {
      limit.signal?.throwIfAborted();
      if (error instanceof AgentGone || error instanceof QmpGone) {
        // It has ended, or can no longer be watched: then it must.
        await qemu.stop();
      } else if (error instanceof AgentSilent) {
        this.#record({ ch: 'agent', kind: 'silent', command: error.command, waited: error.waited });
      } else if (error instanceof AgentRefused) {
        this.#record({ ch: 'agent', kind: 'refused', command: error.command, error: error.desc });
      } else if (error instanceof QmpSilent) {
        this.#record({ ch: 'note', kind: 'info', text: error.message });
      } else {
        throw error;
      }
    }
  }
}

const resetData = z.object({ guest: z.boolean() });

/** Who asked for a reset is in its event (QEMU qapi/run-state.json, RESET, since 3.0). */
function isReset({ event, data }: QmpEvent, kind: 'reset' | 'reboot'): boolean {
  const by = resetData.safeParse(data);
  return event === 'RESET' && (kind === 'reset' || (by.success && by.data.guest));
}
