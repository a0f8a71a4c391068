import type { TLSSocket } from 'node:tls';
import type { Pool } from 'undici';
import { messageOf } from '../../text/message-of.ts';
import type { Limit } from '../deadline.ts';
import { HttpFailed } from './http-failed.ts';
import { checkFingerprint, OtherCertificate, readFingerprint, tlsOptions, type Trust } from './trust.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, encoded; begins with `/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** The words beside the status, which some servers use for their errors. */
  readonly reason: string;
  readonly body: string;
  /** By the server's own clock, in milliseconds since the epoch; null where it does not say. */
  readonly date: number | null;
}

/** Bytes of an answer's body beyond which it is not read. */
const MAX_BODY = 16 * 1024 * 1024;
const MAX_HEADERS = 64 * 1024;

/**
 * Asks one HTTPS server whose certificate is always checked. Follows no redirect, asks no proxy, repeats nothing.
 * Every request has a connection of its own: one that was kept open may be closed by the server just when something is
 * sent over it, and nobody would know whether it was heard.
 */
export class HttpClient implements AsyncDisposable {
  readonly origin: string;
  readonly #trust: Trust;
  #pool: Promise<Pool> | null = null;

  /**
   * @param origin `https://host:port`
   * @throws RangeError the origin is no such one, or the fingerprint is none
   */
  constructor(origin: string, trust: Trust) {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    // What else stands in an address, a name and a password among it, would be dropped in silence.
    if (url === null || !/^https:\/\/[^/?#@\s]+\/?$/i.test(origin))
      throw new RangeError(`${origin.replace(/\/\/.*@/, '//…@')} is no https://host:port`);
    if (trust.by === 'fingerprint' && readFingerprint(trust.sha256) === null)
      throw new RangeError(`${trust.sha256} is no SHA-256 fingerprint of a certificate`);
    this.origin = url.origin;
    this.#trust = trust;
  }

  /** @throws HttpFailed there is no whole answer; the signal's reason on an abort. A status of 500 is an answer. */
  async request(request: HttpRequest, limit: Limit): Promise<HttpAnswer> {
    limit.signal?.throwIfAborted();
    const asked = `${request.method} ${this.origin}${request.path.replace(/\?.*$/, '')}`;
    const late = new HttpFailed('late', asked, `no answer within ${limit.seconds} s`);
    const timer = new AbortController();
    const timeout = setTimeout(() => {
      timer.abort(late);
    }, limit.seconds * 1000);
    const signal = limit.signal ? AbortSignal.any([limit.signal, timer.signal]) : timer.signal;
    try {
      return await this.#exchange(request, asked, signal);
    } catch (cause) {
      if (timer.signal.aborted) throw late;
      limit.signal?.throwIfAborted();
      throw cause instanceof HttpFailed ? cause : failed(asked, cause);
    } finally {
      clearTimeout(timeout);
    }
  }

  async #exchange(request: HttpRequest, asked: string, signal: AbortSignal): Promise<HttpAnswer> {
    const pool = await (this.#pool ??= open(this.origin, this.#trust));
    const { method, path, headers = {}, body } = request;
    const answer = await pool.request({ method, path, headers, signal, body: body ?? null });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the body and its connection.
      if (size > MAX_BODY)
        throw new HttpFailed('too-large', asked, `its answer is larger than ${MAX_BODY} bytes`);
      chunks.push(chunk);
    }
    const date = Date.parse(String(answer.headers['date'] ?? ''));
    return {
      status: answer.statusCode,
      reason: answer.statusText,
      body: Buffer.concat(chunks).toString(),
      date: Number.isNaN(date) ? null : date,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = await this.#pool?.catch(() => null);
    await pool?.destroy();
  }
}

/** Errors of a connection over which nothing was sent yet. */
const unsent = new WeakSet<Error>();

async function open(origin: string, trust: Trust): Promise<Pool> {
  // Most invocations of the tool never need it.
  // Named exports of CommonJS are lost where it is bundled.
  const { Pool, buildConnector } = (await import('undici')).default;
  const connect = buildConnector({ ...tlsOptions(trust), maxCachedSessions: 0, timeout: 0 });
  return new Pool(origin, {
    // Each request has its deadline; 0 switches undici's own off, and with pipelining 0 no connection is kept.
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: MAX_HEADERS,
    connect: (options, callback) => {
      connect(options, (...[error, socket]) => {
        if (error !== null) {
          unsent.add(error);
          callback(error, null);
          return;
        }
        const wrong = checkFingerprint(trust, socket as TLSSocket);
        if (wrong === null) {
          callback(null, socket);
          return;
        }
        socket.destroy();
        unsent.add(wrong);
        callback(wrong, null);
      });
    },
  });
}

/** Names of what a certificate can have wrong (Node's documentation of tls, "X509 certificate error codes"). */
const CERTIFICATE =
  /^(CERT_|CRL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;

/** @returns what to throw; an error that is none of a connection is a mistake of ours, and stays what it is */
function failed(asked: string, cause: unknown): unknown {
  const code = codeOf(cause);
  if (cause instanceof OtherCertificate || CERTIFICATE.test(code))
    return new HttpFailed('untrusted', asked, wordsOf(cause), { cause });
  if (cause instanceof Error && unsent.has(cause))
    return new HttpFailed('unreachable', asked, wordsOf(cause), { cause });
  // Its cause holds what came, which may be secret.
  if (cause instanceof Error && /^(HTTPParser|HeadersOverflow)Error$/.test(cause.name))
    return new HttpFailed('malformed', asked, 'what came is no HTTP answer');
  return code === '' ? cause : new HttpFailed('lost', asked, wordsOf(cause), { cause });
}

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  const words = messageOf(error);
  return code === '' || words.includes(code) ? words : `${words} (${code})`;
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
