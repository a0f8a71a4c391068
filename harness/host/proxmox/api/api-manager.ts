import { HttpClient } from '../../../wire/http/http-client.ts';
import type { Trust } from '../../../wire/http/trust.ts';
import type { OnRetry } from '../manager/lock-retries.ts';
import { NodeManager } from '../manager/node-manager.ts';
import { ApiClient } from './api-client.ts';
import { ApiWay } from './api-way.ts';
import { checkCredentials, type Credentials } from './credentials.ts';
import { Exchange } from './exchange.ts';

export interface ApiOptions {
  /** `https://pve:8006` */
  readonly origin: string;
  readonly trust: Trust;
  readonly credentials: Credentials;
  /** Which node of the cluster; left out: the only one. */
  readonly node?: string | undefined;
  /** Is told what is tried again, and why. */
  readonly onRetry?: OnRetry | undefined;
  /** Milliseconds since the epoch, by which a ticket's age is told. */
  readonly now?: () => number;
}

/** The VM manager over Proxmox VE's HTTP API. */
export class ApiManager extends NodeManager implements AsyncDisposable {
  readonly #http: HttpClient;

  /** @throws RangeError an option is not what it should be; no secret stands in the error */
  constructor({ origin, trust, credentials, node, onRetry, now = Date.now }: ApiOptions) {
    checkCredentials(credentials);
    const http = new HttpClient(origin, trust);
    const client = new ApiClient(new Exchange(http), credentials, { now, onRetry });
    super(new ApiWay(client, node ?? null), onRetry);
    this.#http = http;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http[Symbol.asyncDispose]();
  }
}
