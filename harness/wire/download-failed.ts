import type { Partial } from './download.ts';

/** Why a file did not arrive: which side has to do something about it. */
export type DownloadFailure =
  /** No name server or no route: this machine seems to be offline. */
  | 'offline'
  /** The server's certificate is not trusted. */
  | 'tls'
  /** The server is not there, or the connection broke. */
  | 'connection'
  /** The server answered with something else than the file. */
  | 'http'
  /** Where the server sent us is not where we go. */
  | 'redirect'
  | 'too-large'
  /** A deadline has passed. */
  | 'late'
  /** The caller's signal. */
  | 'stopped';

/** A download that came to nothing; `partial` is what a later one can go on from. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
  readonly failure: DownloadFailure;
  readonly url: string;
  readonly status: number | null;
  readonly partial: Partial | null;

  constructor(
    failure: DownloadFailure,
    url: string,
    why: string,
    more: { readonly cause?: unknown; readonly status?: number; readonly partial?: Partial | null } = {},
  ) {
    super(`${url}: ${why}`, more.cause === undefined ? {} : { cause: more.cause });
    this.failure = failure;
    this.url = url;
    this.status = more.status ?? null;
    this.partial = more.partial ?? null;
  }

  /** Words for whatever `fetch` or a deadline threw. */
  static of(url: string, error: unknown, partial: Partial | null = null): DownloadFailed {
    if (error instanceof DownloadFailed) {
      if (!CAN_GO_ON.includes(error.failure)) return error;
      const { failure, status } = error;
      const why = error.message.slice(error.url.length + 2);
      return new DownloadFailed(failure, url, why, {
        cause: error.cause,
        ...(status === null ? {} : { status }),
        partial: partial ?? error.partial,
      });
    }
    const code = codeOf(error);
    const failure = failureOf(code);
    return new DownloadFailed(failure, url, `${WORDS[failure]} (${code})`, { cause: error, partial });
  }
}

/** After these the same file can still be had, from where it broke off. */
const CAN_GO_ON: readonly DownloadFailure[] = ['offline', 'connection', 'late', 'stopped'];

const WORDS: Readonly<Record<'offline' | 'tls' | 'connection', string>> = {
  offline: 'its server cannot be reached; this machine seems to be offline',
  tls: 'its certificate is not trusted',
  connection: 'the connection failed or broke off',
};

const OFFLINE = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'];

function failureOf(code: string): keyof typeof WORDS {
  if (OFFLINE.includes(code)) return 'offline';
  return /CERT|SSL|TLS|ALTNAME|SIGNATURE|ISSUER/.test(code) ? 'tls' : 'connection';
}

/** Node's fetch says only "fetch failed"; the code that tells more is in a cause, or in one of several. */
function codeOf(error: unknown): string {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth += 1) {
    if ('code' in link && typeof link.code === 'string') return link.code;
    if (link instanceof AggregateError && link.errors.length > 0) return codeOf(link.errors[0]);
  }
  return error instanceof Error ? error.message : 'unknown reason';
}
