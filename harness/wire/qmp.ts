import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import { within, type Limit } from './deadline.ts';
import { LineSplitter } from './lines.ts';

/** Longest message that is read, in bytes. The longest known answer (`query-qmp-schema`) is below 500 kB. */
const MESSAGE_LIMIT = 8 * 1024 * 1024;

const triple = z.object({ major: z.int(), minor: z.int(), micro: z.int() });
const greeting = z.object({
  QMP: z.object({ version: z.object({ qemu: triple, package: z.string() }) }),
});
const event = z.object({ event: z.string(), data: z.optional(z.unknown()) });
const reply = z.object({ id: z.int(), return: z.unknown() });
const refusal = z.object({ id: z.int(), error: z.object({ class: z.string(), desc: z.string() }) });

export interface QmpEvent {
  readonly event: string;
  readonly data: unknown;
}

/** QEMU answered a command with an error. */
export class QmpError extends Error {
  override readonly name = 'QmpError';
  readonly command: string;
  /** QEMU's error class, such as `GenericError` or `CommandNotFound`. */
  readonly class: string;

  constructor(command: string, errorClass: string, desc: string) {
    super(`QEMU refused ${command}: ${desc}`);
    this.command = command;
    this.class = errorClass;
  }
}

/** QEMU did not answer a command within `waited` seconds. */
export class QmpSilent extends Error {
  override readonly name = 'QmpSilent';
  readonly command: string;
  readonly waited: number;

  constructor(command: string, waited: number) {
    super(`QEMU did not answer ${command} within ${waited} s`);
    this.command = command;
    this.waited = waited;
  }
}

/** The connection to QEMU has ended, or what came over it was not QMP. */
export class QmpGone extends Error {
  override readonly name = 'QmpGone';
}

interface Pending {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A QMP connection (QEMU docs/interop/qmp-spec.rst) over any stream. Emits `event` for every asynchronous
 * event, from the first one on, and `close` once with the reason.
 */
export class QmpClient extends EventEmitter<{ event: [QmpEvent]; close: [QmpGone] }> {
  readonly #stream: Duplex;
  readonly #pending = new Map<number, Pending>();
  readonly #greeted: Promise<string>;
  #onGreeting: { resolve: (version: string) => void; reject: (error: Error) => void } | null = null;
  #gone: QmpGone | null = null;
  #nextId = 1;

  constructor(stream: Duplex) {
    super();
    this.#stream = stream;
    this.#greeted = new Promise((resolve, reject) => {
      this.#onGreeting = { resolve, reject };
    });
    this.#greeted.catch(() => undefined);
    const lines = new LineSplitter(MESSAGE_LIMIT, (line, cut) => {
      this.#onLine(line, cut);
    });
    stream.on('data', (chunk: Buffer) => {
      lines.push(chunk);
    });
    stream.on('error', (cause) => {
      this.#end(new QmpGone(`the connection to QEMU broke: ${cause.message}`, { cause }));
    });
    stream.on('close', () => {
      this.#end(new QmpGone('QEMU closed the connection'));
    });
  }

  /**
   * Waits for QEMU's greeting and leaves capability negotiation mode.
   *
   * @returns QEMU's version, such as `7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)`
   * @throws {QmpGone | QmpSilent | QmpError}
   */
  async negotiate(limit: Limit): Promise<string> {
    const version = await within(this.#greeted, limit, () => new QmpSilent('greeting', limit.seconds));
    await this.execute('qmp_capabilities', {}, limit);
    return version;
  }

  /**
   * Runs one command. Answers are matched by id, so several may be under way, and a late one harms nothing.
   *
   * @throws {QmpError} QEMU refused; {QmpSilent} no answer in time; {QmpGone} the connection has ended
   */
  async execute(command: string, args: Readonly<Record<string, unknown>>, limit: Limit): Promise<unknown> {
    if (this.#gone) throw this.#gone;
    limit.signal?.throwIfAborted();
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { command, resolve, reject });
    });
    this.#stream.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    try {
      return await within(answer, limit, () => new QmpSilent(command, limit.seconds));
    } finally {
      this.#pending.delete(id);
    }
  }

  /**
   * Waits for the next event that `wanted` accepts. Call it before the command that brings the event about.
   *
   * @param what names the event in the error
   * @throws {QmpSilent} it did not come in time; {QmpGone} the connection has ended
   */
  async next(what: string, wanted: (event: QmpEvent) => boolean, limit: Limit): Promise<QmpEvent> {
    if (this.#gone) throw this.#gone;
    const stop = new AbortController();
    const came = new Promise<QmpEvent>((resolve, reject) => {
      const onEvent = (event: QmpEvent): void => {
        if (wanted(event)) resolve(event);
      };
      this.on('event', onEvent);
      this.on('close', reject);
      stop.signal.addEventListener('abort', () => {
        this.off('event', onEvent);
        this.off('close', reject);
      });
    });
    try {
      return await within(came, limit, () => new QmpSilent(what, limit.seconds));
    } finally {
      stop.abort();
    }
  }

  #onLine(line: Buffer, cut: boolean): void {
    if (this.#gone || line.length === 0) return;
    const message = cut ? undefined : parseJson(line.toString());
    if (message === undefined) {
      const shown = line.toString('utf8', 0, 120);
      this.#end(
        new QmpGone(`QEMU sent ${cut ? 'too long a message' : 'something that is not JSON'}: ${shown}`),
      );
      this.#stream.destroy();
      return;
    }
    this.#onMessage(message);
  }

  #onMessage(message: unknown): void {
    const happened = event.safeParse(message);
    if (happened.success) {
      this.emit('event', { event: happened.data.event, data: happened.data.data ?? null });
      return;
    }
    const refused = refusal.safeParse(message);
    if (refused.success) {
      const { id, error } = refused.data;
      const pending = this.#pending.get(id);
      pending?.reject(new QmpError(pending.command, error.class, error.desc));
      return;
    }
    const answer = reply.safeParse(message);
    if (answer.success) {
      this.#pending.get(answer.data.id)?.resolve(answer.data.return);
      return;
    }
    const hello = greeting.safeParse(message);
    if (hello.success) this.#onGreeting?.resolve(versionOf(hello.data.QMP.version));
  }

  #end(gone: QmpGone): void {
    if (this.#gone) return;
    this.#gone = gone;
    this.#onGreeting?.reject(gone);
    for (const pending of this.#pending.values()) pending.reject(gone);
    this.emit('close', gone);
  }
}

function versionOf({ qemu, package: name }: z.infer<typeof greeting>['QMP']['version']): string {
  const number = `${qemu.major}.${qemu.minor}.${qemu.micro}`;
  return name === '' ? number : `${number} (${name})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
