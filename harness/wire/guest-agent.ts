import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { AgentChannel } from './agent-channel.ts';
import type { Limit } from './deadline.ts';
import { AgentRefused, StillRunning } from './guest-agent-errors.ts';

export { AgentGone, AgentRefused, AgentSilent, StillRunning } from './guest-agent-errors.ts';

/** Seconds between two looks at a program that runs in the guest. */
const POLL = 0.1;
const POLL_LONGEST = 0.5;
/** Seconds that the last look may take: an agent that has answered so far is not silent for being late once. */
const LAST_LOOK = 3;

const started = z.object({ pid: z.int() });
const status = z.object({
  exited: z.boolean(),
  exitcode: z.optional(z.int()),
  signal: z.optional(z.int()),
  'out-data': z.optional(z.string()),
  'err-data': z.optional(z.string()),
  'out-truncated': z.optional(z.boolean()),
  'err-truncated': z.optional(z.boolean()),
});
const info = z.object({
  version: z.string(),
  supported_commands: z.array(z.object({ name: z.string(), enabled: z.boolean() })),
});
const osinfo = z.object({
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  'pretty-name': z.optional(z.string()),
  version: z.optional(z.string()),
  'version-id': z.optional(z.string()),
  'kernel-release': z.optional(z.string()),
  'kernel-version': z.optional(z.string()),
  machine: z.optional(z.string()),
  variant: z.optional(z.string()),
  'variant-id': z.optional(z.string()),
});

/** Nanoseconds: beyond what a double tells exactly, but to less than a microsecond. */
const time = z.number();

export type AgentInfo = z.infer<typeof info>;
/** `id` is `mswindows` on Windows. `pretty-name` still says Windows 10 on Windows 11: use `kernel-release`. */
export type OsInfo = z.infer<typeof osinfo>;

/** How a program in the guest ended. */
export interface GuestExit {
  /** Unsigned 32 bit; null when a signal or an exception ended it. */
  readonly exitcode: number | null;
  /** Signal number, or the exception's NTSTATUS on Windows; unsigned 32 bit. */
  readonly signal: number | null;
  /** One character a byte: only who asked knows which encoding the program writes. */
  readonly out: string;
  readonly err: string;
  /** The agent or we dropped the end of a stream. */
  readonly truncated: boolean;
}

/** What one can ask of the guest agent. Ask one thing at a time; every call has a deadline. */
export class GuestAgent {
  readonly #channel: AgentChannel;

  constructor(stream: Duplex) {
    this.#channel = new AgentChannel(stream);
  }

  /** The guest may have been reset: what comes until the next sync answers nobody. */
  forget(): void {
    this.#channel.forget();
  }

  /** Waits until the agent answers us. @throws {AgentSilent | AgentGone} */
  async sync(limit: Limit): Promise<void> {
    await this.#channel.sync(limit);
  }

  /** @throws {AgentSilent | AgentRefused | AgentGone} */
  async info(limit: Limit): Promise<AgentInfo> {
    return this.#ask('guest-info', info, {}, limit);
  }

  /** @throws {AgentSilent | AgentRefused | AgentGone} */
  async osinfo(limit: Limit): Promise<OsInfo> {
    return this.#ask('guest-get-osinfo', osinfo, {}, limit);
  }

  /**
   * The guest's own time, in seconds since 1970, UTC, as it believes it (QEMU qga/qapi-schema.json, guest-get-time,
   * since 1.5: nanoseconds).
   *
   * @throws {AgentSilent | AgentRefused | AgentGone}
   */
  async time(limit: Limit): Promise<number> {
    return (await this.#ask('guest-get-time', time, {}, limit)) / 1e9;
  }

  /**
   * Asks the guest to shut down or restart. The agent sends no answer when it does, so none is waited for.
   *
   * @throws {AgentSilent | AgentGone} the agent could not be reached to be asked
   */
  async shutdown(mode: 'powerdown' | 'halt' | 'reboot', limit: Limit): Promise<void> {
    await this.#channel.sync(limit);
    this.#channel.forget();
    this.#channel.post('guest-shutdown', { mode });
  }

  /**
   * Runs a program in the guest to its end, without a shell, and brings back what it printed.
   *
   * @param keep bytes of each stream that are kept
   * @throws {StillRunning} the program has not ended in time, or something it started holds its output open;
   *   {AgentSilent} no answer; {AgentRefused} it could not be started; {AgentGone} the channel has ended
   */
  async exec(path: string, args: readonly string[], limit: Limit, keep = 1024 * 1024): Promise<GuestExit> {
    const until = performance.now() + limit.seconds * 1000;
    const call = { path, arg: args, 'capture-output': true };
    const { pid } = await this.#ask('guest-exec', started, call, limit);
    for (let wait = POLL; performance.now() < until; wait = Math.min(wait * 1.5, POLL_LONGEST)) {
      const left = { ...limit, seconds: Math.max(LAST_LOOK, (until - performance.now()) / 1000) };
      const now = await this.#ask('guest-exec-status', status, { pid }, left);
      // The answer that says `exited` frees the entry: it comes once.
      if (now.exited) return toExit(now, keep);
      await pause(wait * 1000, undefined, limit.signal ? { signal: limit.signal } : {});
    }
    throw new StillRunning(path, limit.seconds);
  }

  async #ask<T extends z.core.$ZodType>(
    command: string,
    schema: T,
    args: Readonly<Record<string, unknown>>,
    limit: Limit,
  ): Promise<z.infer<T>> {
    const value = await this.#channel.call(command, args, limit);
    const parsed = z.safeParse(schema, value);
    if (parsed.success) return parsed.data;
    // It may be the answer to something else: whoever asks next begins anew.
    this.#channel.forget();
    const shown = JSON.stringify(value).slice(0, 200);
    throw new AgentRefused(command, `an answer that does not fit: ${shown}`, 'unreadable');
  }
}

function toExit(ended: z.infer<typeof status>, keep: number): GuestExit {
  const out = decode(ended['out-data'], keep);
  const err = decode(ended['err-data'], keep);
  return {
    exitcode: unsigned(ended.exitcode),
    signal: unsigned(ended.signal),
    out: out.text,
    err: err.text,
    truncated: out.cut || err.cut || ended['out-truncated'] === true || ended['err-truncated'] === true,
  };
}

/** The agent prints both as signed 32 bit: 0xC0000005 arrives as -1073741819 (QEMU qga/commands-win32.c). */
function unsigned(value: number | undefined): number | null {
  return value === undefined ? null : value >>> 0;
}

function decode(base64: string | undefined, keep: number): { text: string; cut: boolean } {
  const bytes = Buffer.from((base64 ?? '').slice(0, Math.ceil((keep + 1) / 3) * 4), 'base64');
  return { text: bytes.toString('latin1', 0, keep), cut: bytes.length > keep };
}
