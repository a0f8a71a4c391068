import * as z from 'zod/mini';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../wire/http/http-client.ts';
import { HttpFailed } from '../../../wire/http/http-failed.ts';
import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { readJson } from '../manager/answers.ts';
import { PveLate } from '../manager/late.ts';
import { refusal } from '../manager/no-task.ts';
import { PveDenied, type PveRefused } from '../refused.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { PveUnreadable } from '../manager/unreadable.ts';
import { PveUntrusted } from '../manager/untrusted.ts';
import { NotReached } from '../manager/way.ts';

export interface ApiRequest {
  readonly method: HttpRequest['method'];
  /** Parts of the path, not encoded: `['nodes', 'pve', 'qemu']`. */
  readonly path: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly data: unknown;
  /** Milliseconds since the epoch by the node's clock; null where it does not say. */
  readonly date: number | null;
}

/** The API does not know who asks: a wrong or expired token or ticket. It says so after 3 s. */
export class NotLoggedIn extends PveDenied {}

const WORDS = 4096;
const refused = z.object({
  message: z.optional(z.nullable(z.string())),
  errors: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});

/** One question to the API and its answer, by whoever the headers say. */
export class Exchange {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  get origin(): string {
    return this.#http.origin;
  }

  /** For messages: `POST /nodes/pve/qemu/110/status/start on https://pve:8006`. */
  asked({ method, path }: ApiRequest): string {
    return `${method} /${path.join('/')} on ${this.#http.origin}`;
  }

  /**
   * @throws PveRefused; PveDenied; PveUnreadable; PveLate; PveUntrusted; ConnectionLost, as which also counts that the
   *   API could not hand the question on and nobody knows whether it was heard
   */
  async ask(
    request: ApiRequest,
    headers: Readonly<Record<string, string>>,
    left: TimeLeft,
  ): Promise<ApiAnswer> {
    const asked = this.asked(request);
    const answer = await this.#send(request, headers, left);
    const { status, reason, body } = answer;
    if (status === 200) return { data: dataOf(asked, body), date: answer.date };
    const words = wordsOf(answer);
    if (status === 401)
      throw new NotLoggedIn(asked, words, 'is the token, or the password, right and still valid?');
    // 595 to 599 are of the API's own proxy (m73), 502 to 504 of one before it.
    if (/^(59[5-9]|50[234])$/.test(String(status)))
      throw new ConnectionLost(`${asked}: the API could not hand it on (${status} ${reason})`);
    if (status < 400 || status > 599) throw new PveUnreadable(asked, `a status of ${status}`, body);
    throw status === 403 ? denied(asked, words) : refusal(asked, words);
  }

  async #send(
    { method, path, params = {} }: ApiRequest,
    headers: Readonly<Record<string, string>>,
    left: TimeLeft,
  ): Promise<HttpAnswer> {
    const asked = this.asked({ method, path });
    const form = new URLSearchParams(params).toString();
    const inBody = method === 'POST' || method === 'PUT';
    const address = `/api2/json/${path.map(encodeURIComponent).join('/')}`;
    try {
      return await this.#http.request(
        {
          method,
          path: inBody || form === '' ? address : `${address}?${form}`,
          headers: inBody ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
          ...(inBody ? { body: form } : {}),
        },
        left.limit,
      );
    } catch (error) {
      if (!(error instanceof HttpFailed)) throw error;
      throw failure(asked, error, left);
    }
  }
}

function failure(asked: string, error: HttpFailed, left: TimeLeft): Error {
  const options = { cause: error };
  switch (error.trouble) {
    case 'untrusted':
      return new PveUntrusted(error.message, options);
    case 'unreachable':
      return new NotReached(error.message, options);
    case 'lost':
      return new ConnectionLost(error.message, options);
    case 'late':
      return new PveLate(asked, left.given, null, options);
    case 'too-large':
    case 'malformed':
      return new PveUnreadable(asked, error.message, '', options);
  }
}

function denied(asked: string, words: string): PveRefused {
  const error = refusal(asked, words);
  return error instanceof PveDenied ? error : new PveDenied(asked, words);
}

function dataOf(asked: string, body: string): unknown {
  const answer = readJson(asked, body);
  if (typeof answer === 'object' && answer !== null && 'data' in answer) return answer.data;
  throw new PveUnreadable(asked, 'the answer has no data', body);
}

/** The body repeats the reason's words and says more: which parameter is wrong, and all lines. 401 has no body (m20). */
function wordsOf({ status, reason, body }: HttpAnswer): string {
  const parsed = z.safeParse(refused, parsedOrNull(body));
  const { message, errors } = parsed.success ? parsed.data : {};
  const lines = Object.entries(errors ?? {}).map(([key, value]) => `${key}: ${String(value).trim()}`);
  const words = [(message ?? '').trim() || reason.trim(), ...lines].join('\n').trim();
  return words === '' ? `HTTP status ${status} and no word` : words.slice(0, WORDS);
}

function parsedOrNull(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
