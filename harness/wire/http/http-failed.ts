/**
 * Why there is no answer. `untrusted`: the server is not the one that was meant, and was sent nothing. `unreachable`:
 * nothing was sent either. `lost`: the connection broke after that. `late`, `too-large`, `malformed`: of the answer.
 */
export type HttpTrouble = 'untrusted' | 'unreachable' | 'lost' | 'late' | 'too-large' | 'malformed';

/** A request that got no whole answer. Its words never hold a header or a body: those may be secret. */
export class HttpFailed extends Error {
  override readonly name = 'HttpFailed';
  readonly trouble: HttpTrouble;

  /** @param asked for messages: `GET https://pve:8006/api2/json/version` */
  constructor(trouble: HttpTrouble, asked: string, words: string, options?: ErrorOptions) {
    super(`${asked}: ${words}`, options);
    this.trouble = trouble;
  }

  /** Whether the server may have got the request, and may act on it. */
  get sent(): boolean {
    return this.trouble !== 'untrusted' && this.trouble !== 'unreachable';
  }
}
