import type { OnRetry } from '../manager/lock-retries.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { type Credentials, isRoot, nameOf } from './credentials.ts';
import { type ApiAnswer, type ApiRequest, type Exchange, NotLoggedIn } from './exchange.ts';
import { Login } from './login.ts';

/** Asks the API as one user or token. A ticket that is no good any more is replaced once: 401 says nothing was done. */
export class ApiClient {
  readonly isRoot: boolean;
  /** For messages: `the API at https://pve:8006 as ci@pve!code43`. */
  readonly name: string;
  readonly #exchange: Exchange;
  readonly #login: Login;
  readonly #canLogIn: boolean;
  readonly #onRetry: OnRetry | undefined;

  constructor(
    exchange: Exchange,
    credentials: Credentials,
    { now, onRetry }: { readonly now: () => number; readonly onRetry?: OnRetry | undefined },
  ) {
    this.isRoot = isRoot(credentials);
    this.name = `the API at ${exchange.origin} as ${nameOf(credentials)}`;
    this.#exchange = exchange;
    this.#login = new Login(exchange, credentials, now);
    this.#canLogIn = credentials.kind === 'login';
    this.#onRetry = onRetry;
  }

  /** For messages. */
  asked(request: ApiRequest): string {
    return this.#exchange.asked(request);
  }

  /** @throws what `Exchange.ask` throws */
  async ask(request: ApiRequest, left: TimeLeft): Promise<ApiAnswer> {
    const writes = request.method !== 'GET';
    const { headers, fresh } = await this.#login.headers(writes, left);
    try {
      return await this.#exchange.ask(request, headers, left);
    } catch (error) {
      if (!(error instanceof NotLoggedIn) || !this.#canLogIn || fresh) throw error;
      this.#onRetry?.({
        asked: this.asked(request),
        words: error.words,
        tries: 1,
        secondsLeft: left.seconds,
      });
      this.#login.forget();
      const again = await this.#login.headers(writes, left);
      return this.#exchange.ask(request, again.headers, left);
    }
  }
}
