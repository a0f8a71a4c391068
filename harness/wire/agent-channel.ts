import type { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import { within, type Limit } from './deadline.ts';
import { AgentGone, AgentRefused, AgentSilent } from './guest-agent-errors.ts';
import { LineSplitter } from './lines.ts';

/** Longest answer that is read, in bytes. The agent itself allows 16 MiB a stream (QEMU qga/commands.c). */
const ANSWER_LIMIT = 4 * 1024 * 1024;
/** Marks a sync on both sides; no JSON text holds this byte (QEMU docs/interop/qemu-ga.rst). */
const SENTINEL = 0xff;
/** Seconds after which an unanswered sync is sent again: soon if nothing came at all, later if something did. */
const SYNC_AGAIN = 1;
const SYNC_PATIENCE = 5;
/** What may come while an answer is waited for before it counts as a flood: bytes, and lines that are no answer. */
const FLOOD_BYTES = 64 * 1024 * 1024;
const FLOOD_LINES = 10_000;

const SYNC = 'guest-sync-delimited';

const syncAnswer = z.object({ return: z.int() });
const refusal = z.object({ error: z.object({ desc: z.string() }) });
const reply = z.object({ return: z.unknown() });

type Arguments = Readonly<Record<string, unknown>>;

interface Line {
  readonly bytes: Buffer;
  /** It was longer than the limit. */
  readonly cut: boolean;
}

interface Reader {
  /** What it was that is being answered. */
  readonly command: string;
  readonly wants: (line: Line) => boolean;
  readonly resolve: (line: Line) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests and answers of qemu-guest-agent over any stream. Its answers carry no id, so the two sides fall out
 * of step whenever one is missed; a sync brings them back. Ask one thing at a time. Of an agent that floods nothing
 * more is read until the next question: its own full pipe holds it back.
 */
export class AgentChannel {
  readonly #stream: Duplex;
  #reader: Reader | null = null;
  #gone: AgentGone | null = null;
  #inStep = false;
  /** Bytes that ever came. */
  #heard = 0;
  /** Bytes and unwanted lines since the last question. */
  #since = { bytes: 0, lines: 0 };
  #nextSync = 1 + Math.floor(Math.random() * 1e9);

  constructor(stream: Duplex) {
    this.#stream = stream;
    const lines = new LineSplitter(ANSWER_LIMIT, (bytes, cut) => {
      this.#take({ bytes, cut });
    });
    stream.on('data', (chunk: Buffer) => {
      this.#heard += chunk.length;
      this.#since.bytes += chunk.length;
      lines.push(chunk);
      if (this.#since.bytes > FLOOD_BYTES || this.#since.lines > FLOOD_LINES) this.#stem();
    });
    stream.on('error', (cause) => {
      this.#end(new AgentGone(`the channel to the guest agent broke: ${cause.message}`, { cause }));
    });
    stream.on('close', () => {
      this.#end(new AgentGone('the channel to the guest agent was closed'));
    });
  }

  /** The guest may have been reset: the next call syncs first. */
  forget(): void {
    this.#inStep = false;
  }

  /**
   * Sends syncs until the agent answers the last one. All it says before that is dropped: answers to somebody
   * else, to earlier syncs, and the complaint about a request that was cut off.
   *
   * @throws {AgentSilent} not within the limit; {AgentRefused} it floods; {AgentGone} the channel has ended
   */
  async sync(limit: Limit): Promise<void> {
    const until = performance.now() + limit.seconds * 1000;
    const before = this.#heard;
    while (!(await this.#trySync(until, limit.signal))) {
      if (performance.now() < until) continue;
      throw new AgentSilent(SYNC, limit.seconds, this.#heard - before);
    }
    this.#inStep = true;
  }

  /**
   * Asks one thing and brings back its answer, after a sync if one is due.
   *
   * @throws {AgentSilent} no answer in time; {AgentRefused} an error, or no proper answer; {AgentGone}
   */
  async call(command: string, args: Arguments, limit: Limit): Promise<unknown> {
    const until = performance.now() + limit.seconds * 1000;
    if (!this.#inStep) await this.sync(limit);
    // Only a whole answer in time leaves the two in step.
    this.#inStep = false;
    const answer = this.#nextLine(command, () => true);
    this.post(command, args);
    const rest = { seconds: secondsUntil(until), signal: limit.signal };
    const before = this.#heard;
    const late = (): Error => new AgentSilent(command, limit.seconds, this.#heard - before);
    const line = await within(answer, rest, late);
    const value = readAnswer(command, line);
    this.#inStep = true;
    if ('refused' in value) throw value.refused;
    return value.return;
  }

  /** Asks for something that is never answered. */
  post(command: string, args: Arguments): void {
    this.#stream.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
  }

  /** One sync; false when it was not answered while patience lasted. */
  async #trySync(until: number, signal: AbortSignal | undefined): Promise<boolean> {
    const id = this.#nextSync++;
    const sent = performance.now();
    const before = this.#heard;
    const answer = this.#nextLine(SYNC, (line) => answersSync(line.bytes, id));
    this.#stream.write(Buffer.from([SENTINEL]));
    this.post(SYNC, { id });
    for (const patience of [SYNC_AGAIN, SYNC_PATIENCE]) {
      const seconds = secondsUntil(Math.min(sent + patience * 1000, until));
      const answered = await within(answer, { seconds, signal }, () => new Unanswered()).catch(orUnanswered);
      if (answered !== null) return true;
      if (this.#heard === before) return false;
    }
    return false;
  }

  /** Promises the first line that `wanted` accepts; lines before it are dropped. Replaces an earlier wish. */
  #nextLine(command: string, wants: (line: Line) => boolean): Promise<Line> {
    if (this.#gone) return Promise.reject(this.#gone);
    this.#since = { bytes: 0, lines: 0 };
    this.#stream.resume();
    return new Promise((resolve, reject) => {
      this.#reader = { command, wants, resolve, reject };
    });
  }

  #take(line: Line): void {
    if (this.#reader?.wants(line) === true) {
      this.#reader.resolve(line);
      this.#reader = null;
    } else this.#since.lines += 1;
  }

  /** Reads no more until somebody asks again. */
  #stem(): void {
    this.#stream.pause();
    const { bytes, lines } = this.#since;
    const what = `${bytes} bytes in ${lines} lines that nobody had asked for`;
    this.#reader?.reject(new AgentRefused(this.#reader.command, what, 'flood'));
    this.#reader = null;
  }

  #end(gone: AgentGone): void {
    this.#gone ??= gone;
    this.#reader?.reject(this.#gone);
  }
}

class Unanswered extends Error {}

function orUnanswered(error: unknown): null {
  if (error instanceof Unanswered) return null;
  throw error;
}

function secondsUntil(time: number): number {
  return Math.max(0, time - performance.now()) / 1000;
}

function answersSync(line: Buffer, id: number): boolean {
  const text = line.subarray(line.lastIndexOf(SENTINEL) + 1).toString();
  const answer = syncAnswer.safeParse(parseJson(text));
  return answer.success && answer.data.return === id;
}

function readAnswer(command: string, line: Line): { return: unknown } | { refused: AgentRefused } {
  if (line.cut)
    throw new AgentRefused(command, `the answer is longer than ${ANSWER_LIMIT} bytes`, 'too-long');
  const text = line.bytes.toString();
  const json = parseJson(text);
  const refused = refusal.safeParse(json);
  if (refused.success) return { refused: new AgentRefused(command, refused.data.error.desc) };
  const answer = reply.safeParse(json);
  if (!answer.success) throw new AgentRefused(command, `not an answer: ${text.slice(0, 200)}`, 'unreadable');
  return { return: answer.data.return };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
