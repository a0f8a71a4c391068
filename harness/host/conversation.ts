import * as z from 'zod/mini';
import { type Exec, Sampler } from '../guest/sampler.ts';
import type { Observation } from '../trace/event.ts';
import type { Probe } from '../trace/words.ts';
import type { Limit } from '../wire/deadline.ts';
import { AgentGone, AgentRefused, AgentSilent, type GuestAgent, StillRunning } from '../wire/guest-agent.ts';
import { type QmpEvent, QmpGone, QmpSilent } from '../wire/qmp.ts';
import { clockOffset } from './clock-offset.ts';
import type { LiveQemu } from './live-qemu.ts';
import { askOthers, startReports } from './second-opinion.ts';

/** Seconds for QEMU to answer, to carry out a reset, for a guest to restart itself, for one run of the probe, and of a fall-back of it. */
const ANSWER = 10;
const RESET = 20;
const REBOOT = 120;
const PROBE = 60;
const FALLBACK = 20;
const AGENT = 15;
/** Seconds to tell the time: it is asked of an agent that has just answered twice. */
const TIME = 5;

/** The commands of the agent that the harness uses: the rest of what it can do is left out of the trace. */
const USED = new Set([
  'guest-exec',
  'guest-exec-status',
  'guest-get-osinfo',
  'guest-get-time',
  'guest-shutdown',
]);

/** Which probe reads the guest, and the `vendor:device` of the device under test. */
export interface Asked {
  readonly probe: Probe;
  readonly device: string;
}

/**
 * What is said between the harness, QEMU and the guest's agent while a VM runs, the same on every kind of host. What
 * does not come back is an observation, and so is what the others say of the guest then.
 */
export class Conversation {
  readonly #running: () => LiveQemu | null;
  readonly #record: (seen: Observation) => void;
  readonly #sampler: Sampler;

  /** @param running the QEMU that runs now; null: none, and then nothing is asked */
  constructor(running: () => LiveQemu | null, asked: Asked, record: (seen: Observation) => void) {
    this.#running = running;
    this.#record = record;
    this.#sampler = new Sampler(asked.probe, asked.device, record);
  }

  /** After a start: how the VM is, and from now on how its balloon driver is. */
  async begin(signal: AbortSignal): Promise<void> {
    await this.#ask({ seconds: ANSWER, signal }, async (qemu, limit) => {
      await this.#recordStatus(qemu, limit);
      await startReports(qemu.qmp, limit);
    });
  }

  async reachAgent(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#ask({ seconds, signal }, (qemu, limit) =>
      qemu.withAgent(async (agent) => {
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
        if (used.some(({ name, enabled }) => name === 'guest-get-time' && enabled))
          await this.#noteClock(agent, signal);
      }, limit),
    );
  }

  /** How the guest's clock stands; nothing where its agent does not tell the time. */
  async #noteClock(agent: GuestAgent, signal: AbortSignal): Promise<void> {
    const clock = await clockOffset('guest', () =>
      agent.time({ seconds: TIME, signal }).catch((error: unknown) => {
        if (error instanceof AgentRefused && error.as === 'error') return null;
        throw error;
      }),
    );
    if (clock !== null) this.#record(clock);
  }

  /** Runs the probe once with this nonce. */
  async sample(nonce: string, seconds: number, signal: AbortSignal): Promise<void> {
    const until = performance.now() + seconds * 1000;
    await this.#ask({ seconds: Math.min(PROBE, seconds), signal }, (qemu, limit) =>
      qemu.withAgent(async (agent) => {
        const fallback = { seconds: FALLBACK, signal };
        const exec: Exec = (what, path, args, keep) =>
          agent.exec(path, args, what === 'probe' ? limit : fallback, keep);
        await this.#sampler.sample(nonce, exec, () => performance.now() < until);
      }, limit),
    );
  }

  /**
   * A reset comes from outside; a reboot is asked of the guest. Both end in QEMU's RESET event.
   *
   * @param reset how this host resets a VM from outside
   */
  async restart(
    kind: 'reset' | 'reboot',
    reset: (limit: Limit) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#ask({ seconds: kind === 'reset' ? RESET : REBOOT, signal }, async (qemu, limit) => {
      const done = qemu.qmp.next(RESET_EVENT, (event) => isReset(event, kind), limit);
      done.catch(() => undefined);
      if (kind === 'reset') await reset({ seconds: ANSWER, signal });
      else
        await qemu.withAgent((agent) => agent.shutdown('reboot', { seconds: AGENT, signal }), {
          seconds: AGENT,
          signal,
        });
      await done;
      await this.#recordStatus(qemu, { seconds: ANSWER, signal });
    });
  }

  async #recordStatus({ qmp }: LiveQemu, limit: Limit): Promise<void> {
    const data = await qmp.execute('query-status', {}, limit);
    this.#record({ ch: 'qmp', kind: 'reply', command: 'query-status', data });
  }

  /** Talks to a running QEMU and writes down what does not come back. Its exit is an observation of its own. */
  async #ask(limit: Limit, talk: (qemu: LiveQemu, limit: Limit) => Promise<void>): Promise<void> {
    const qemu = this.#running();
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

  async #askOthers(qemu: LiveQemu, { signal }: Limit): Promise<void> {
    try {
      await askOthers(qemu, this.#record, { seconds: ANSWER, signal });
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
