import * as z from 'zod/mini';
import { type Exec, Sampler } from '../../guest/sampler.ts';
import type { Observation } from '../../trace/event.ts';
import type { BootKind, Probe } from '../../trace/words.ts';
import type { Limit } from '../../wire/deadline.ts';
import { AgentGone, AgentRefused, AgentSilent, StillRunning } from '../../wire/guest-agent.ts';
import { type QmpEvent, QmpGone, QmpSilent } from '../../wire/qmp.ts';
import type { Record as RecordSeen, Vm, VmConsole } from '../host.ts';
import { RunningQemu } from './running-qemu.ts';
import { askOthers, startReports } from './second-opinion.ts';
import type { SerialConsole } from './serial-console.ts';
import type { VmParts } from './vm-parts.ts';

/** Why no boot here is cold. */
const COLD =
  'a local QEMU device has no state to be cold from; every start makes it anew, so ask for a start instead';

/** Seconds for QEMU to answer, to carry out a reset, for a guest to restart itself, for one run of the probe, and of a fall-back of it. */
const ANSWER = 10;
const RESET = 20;
const REBOOT = 120;
const PROBE = 60;
const FALLBACK = 20;
const AGENT = 15;

/** The commands of the agent that the harness uses: the rest of what it can do is left out of the trace. */
const USED = new Set(['guest-exec', 'guest-exec-status', 'guest-get-osinfo', 'guest-shutdown']);

/** Command lines: the program, then all its arguments, `CHANNELS` among them. */
export interface VmCommand {
  readonly boot: readonly string[];
  /** The same without the device under test. */
  readonly control: readonly string[];
}

/** A VM on this machine's QEMU. Each boot of kind `start` is a QEMU process of its own. */
export class QemuVm implements Vm {
  readonly #command: VmCommand;
  readonly #sampler: Sampler;
  readonly #record: RecordSeen;
  readonly #parts: VmParts | null;
  readonly #serial: SerialConsole | null;
  #qemu: RunningQemu | null = null;

  /**
   * @param command with `CONTROL` and the console's own arguments in place of `CHANNELS` where it has a console
   * @param asked which probe reads the guest, and the `vendor:device` of the device under test
   * @param own what it has beside QEMU itself, disposed with it: what the command lines name, and its console
   */
  constructor(
    command: VmCommand,
    asked: { readonly probe: Probe; readonly device: string },
    record: RecordSeen,
    own: { readonly parts?: VmParts | null; readonly serial?: SerialConsole | null } = {},
  ) {
    this.#command = command;
    this.#parts = own.parts ?? null;
    this.#sampler = new Sampler(asked.probe, asked.device, record);
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
    if (kind === 'start') await this.#start(this.#command.boot, signal);
    else if (kind !== 'cold' && this.#running) await this.#restart(this.#running, kind, signal);
    else this.#record({ ch: 'note', kind: 'info', text: this.cannot(kind) ?? '' });
  }

  async bootControl(signal: AbortSignal): Promise<void> {
    await this.#start(this.#command.control, signal);
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

  async sample(nonce: string, seconds: number, signal: AbortSignal): Promise<void> {
    const until = performance.now() + seconds * 1000;
    await this.#ask({ seconds: Math.min(PROBE, seconds), signal }, async ({ agent }, limit) => {
      const fallback = { seconds: FALLBACK, signal };
      const exec: Exec = (what, path, args, keep) =>
        agent.exec(path, args, what === 'probe' ? limit : fallback, keep);
      await this.#sampler.sample(nonce, exec, () => performance.now() < until);
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

  async #start(argv: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#stop();
    signal.throwIfAborted();
    const given = await this.#parts?.beforeStart(this.#record, signal);
    this.#qemu = await RunningQemu.start(argv, this.#record, signal, given);
    await this.#ask({ seconds: ANSWER, signal }, async (qemu, limit) => {
      await this.#recordStatus(qemu, limit);
      await startReports(qemu.qmp, limit);
    });
  }

  /** A reset comes from outside; a reboot is asked of the guest. Both end in QEMU's RESET event. */
  async #restart(qemu: RunningQemu, kind: 'reset' | 'reboot', signal: AbortSignal): Promise<void> {
    const limit = { seconds: kind === 'reset' ? RESET : REBOOT, signal };
    const reset = qemu.qmp.next(RESET_EVENT, (event) => isReset(event, kind), limit);
    reset.catch(() => undefined);
    await this.#ask(limit, async () => {
      if (kind === 'reset') await qemu.qmp.execute('system_reset', {}, { seconds: ANSWER, signal });
      else await qemu.agent.shutdown('reboot', { seconds: AGENT, signal });
      await reset;
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
        return;
      }
      // What the others say stands before the silence it belongs to.
      if (error instanceof AgentSilent) await this.#askOthers(qemu, limit);
      this.#record(asObservation(error));
    }
  }

  async #askOthers(qemu: RunningQemu, { signal }: Limit): Promise<void> {
    try {
      await askOthers(qemu.qmp, this.#record, { seconds: ANSWER, signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof QmpGone)) throw error;
      await qemu.stop();
    }
  }
}

/** What did not come back, as it is recorded. @throws the error itself, where it is none of these */
function asObservation(error: unknown): Observation {
  if (error instanceof AgentSilent) {
    const { command, waited, heard } = error;
    return { ch: 'agent', kind: 'silent', command, waited, ...(heard === 0 ? {} : { heard }) };
  }
  if (error instanceof StillRunning) {
    return { ch: 'agent', kind: 'running', command: error.command, waited: error.waited };
  }
  if (error instanceof AgentRefused) {
    const { command, desc, as } = error;
    return { ch: 'agent', kind: 'refused', command, error: desc, ...(as === 'error' ? {} : { as }) };
  }
  if (!(error instanceof QmpSilent)) throw error;
  const { command, waited } = error;
  // An event that was waited for is no answer that is missing.
  if (command === RESET_EVENT) return { ch: 'note', kind: 'info', text: `no ${command} within ${waited} s` };
  return { ch: 'qmp', kind: 'silent', command, waited };
}

const RESET_EVENT = 'RESET';
const resetData = z.object({ guest: z.boolean() });

/** Who asked for a reset is in its event (QEMU qapi/run-state.json, RESET, since 3.0). */
function isReset({ event, data }: QmpEvent, kind: 'reset' | 'reboot'): boolean {
  const by = resetData.safeParse(data);
  return event === RESET_EVENT && (kind === 'reset' || (by.success && by.data.guest));
}
