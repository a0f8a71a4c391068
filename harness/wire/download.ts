import { DownloadFailed } from './download-failed.ts';
import { type Deadlines, within } from './download-deadlines.ts';
import { follow } from './download-redirects.ts';

/** The first bytes of a file from an attempt that broke off, and which version of the file they are of. */
export interface Partial {
  readonly url: string;
  readonly bytes: Uint8Array;
  /** A strong entity tag or a date, as the server gave it: what `If-Range` takes (RFC 9110, 13.1.5). */
  readonly validator: string;
}

export interface DownloadOptions {
  readonly maxBytes: number;
  readonly deadlines: Deadlines;
  readonly signal?: AbortSignal | undefined;
  /** Goes on from here if the server still has the same version; else the file is fetched from its start. */
  readonly partial?: Partial | null;
  /** Called with the bytes that are there and, where the server says it, how many there will be. */
  readonly progress?: (bytes: number, total: number | null) => void;
  /** Also speaks plain HTTP, but only with 127.0.0.1: for tests that have a server of their own. */
  readonly plainLoopback?: boolean;
}

export interface Downloaded {
  readonly bytes: Uint8Array;
  /** Where the bytes came from in the end. */
  readonly from: string;
  /** How many of them were there from an earlier attempt. */
  readonly resumed: number;
}

/**
 * Fetches one file over HTTPS into memory: at most `maxBytes`, at most five redirects, none of which leaves HTTPS.
 *
 * @throws {DownloadFailed} with the reason, and, where it can go on later, with what had arrived
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  const usable = options.partial?.url === url && options.partial.bytes.length > 0 ? options.partial : null;
  return within(url, options, async (clock) => {
    const first = await follow(url, usable, options, clock);
    const kept = usable !== null && isRestOf(usable, first) ? usable : null;
    // The server does not know the part that is here, or gives another one: what it has is another file.
    const anew = kept === null && usable !== null && [206, 416].includes(first.status);
    if (anew) await first.body?.cancel();
    const answer = anew ? await follow(url, null, options, clock) : first;
    if (answer.status !== 200 && kept === null) throw await refusal(url, answer);
    const total = kept === null ? lengthOf(answer) : totalOf(answer);
    if ((total ?? 0) > options.maxBytes) {
      await answer.body?.cancel();
      throw tooLarge(url, options.maxBytes);
    }
    const arrived = new Arrived(url, kept, answer);
    try {
      await receive(answer, arrived, total, options, clock);
    } catch (error) {
      throw DownloadFailed.of(url, error, arrived.partial());
    }
    return { bytes: arrived.bytes(), from: answer.url, resumed: kept?.bytes.length ?? 0 };
  });
}

async function receive(
  answer: Response,
  arrived: Arrived,
  total: number | null,
  { maxBytes, progress }: DownloadOptions,
  clock: { readonly moved: () => void },
): Promise<void> {
  if (answer.body !== null) {
    for await (const chunk of answer.body) {
      clock.moved();
      arrived.add(chunk);
      if (arrived.count > maxBytes) throw tooLarge(arrived.url, maxBytes);
      progress?.(arrived.count, total);
    }
  }
  if (total !== null && arrived.count !== total)
    throw new DownloadFailed('connection', arrived.url, `${arrived.count} of ${total} bytes arrived`);
}

/** What has arrived so far. */
class Arrived {
  readonly url: string;
  readonly #chunks: Uint8Array[];
  readonly #validator: string | null;
  count: number;

  constructor(url: string, kept: Partial | null, answer: Response) {
    this.url = url;
    this.#chunks = kept === null ? [] : [kept.bytes];
    this.count = kept?.bytes.length ?? 0;
    this.#validator = kept?.validator ?? validatorOf(answer);
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.count += chunk.length;
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  partial(): Partial | null {
    if (this.#validator === null || this.count === 0) return null;
    return { url: this.url, bytes: this.bytes(), validator: this.#validator };
  }
}

/** A weak tag promises no equal bytes, so nothing can be resumed with it. */
function validatorOf(answer: Response): string | null {
  if (answer.headers.get('accept-ranges') === 'none') return null;
  const tag = answer.headers.get('etag');
  if (tag !== null) return /^"[\x21\x23-\x7e]{0,200}"$/.test(tag) ? tag : null;
  const date = answer.headers.get('last-modified');
  return date !== null && !Number.isNaN(Date.parse(date)) ? date : null;
}

/** Whether an answer goes on exactly where the part ends, in the same version of the file. */
function isRestOf(part: Partial, answer: Response): boolean {
  const [, first] = CONTENT_RANGE.exec(answer.headers.get('content-range') ?? '') ?? [];
  const version = validatorOf(answer) ?? part.validator;
  return answer.status === 206 && Number(first) === part.bytes.length && version === part.validator;
}

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

function totalOf(answer: Response): number {
  return Number(CONTENT_RANGE.exec(answer.headers.get('content-range') ?? '')?.[3]);
}

function lengthOf(answer: Response): number | null {
  const text = answer.headers.get('content-length') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

async function refusal(url: string, answer: Response): Promise<DownloadFailed> {
  await answer.body?.cancel();
  const after = answer.headers.get('retry-after');
  const wait = after !== null && /^[\w ,:-]{1,60}$/.test(after) ? `; try again after ${after}` : '';
  const words = STATUS_WORDS.get(answer.status) ?? '';
  return new DownloadFailed('http', url, `the server answered ${answer.status}${words}${wait}`, {
    status: answer.status,
  });
}

const STATUS_WORDS: ReadonlyMap<number, string> = new Map([
  [401, ' (it wants a login)'],
  [403, ' (forbidden, or too many requests from here)'],
  [404, ' (there is no such file any more)'],
  [410, ' (the file was taken away)'],
  [429, ' (too many requests from here)'],
]);

function tooLarge(url: string, maxBytes: number): DownloadFailed {
  return new DownloadFailed('too-large', url, `it is larger than ${maxBytes} bytes, more than a ROM has`);
}
