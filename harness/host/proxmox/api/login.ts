import * as z from 'zod/mini';
import { PveDenied } from '../refused.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { PveUnreadable } from '../manager/unreadable.ts';
import type { Credentials } from './credentials.ts';
import type { Exchange } from './exchange.ts';

/** Seconds after which a ticket is replaced: it is good for two hours. */
const RENEW = 100 * 60;

const answer = z.object({
  ticket: z.optional(z.nullable(z.string())),
  CSRFPreventionToken: z.optional(z.nullable(z.string())),
  NeedTFA: z.optional(z.unknown()),
});

interface Ticket {
  readonly cookie: string;
  readonly csrf: string;
  /** Milliseconds, by `now`. */
  readonly since: number;
}

/** What says who asks: a token's header, or a ticket that is fetched once and again before it expires. */
export class Login {
  readonly #exchange: Exchange;
  readonly #credentials: Credentials;
  readonly #now: () => number;
  #ticket: Promise<Ticket> | null = null;

  /** @param now milliseconds by a clock that goes on while the machine sleeps, as a ticket's own time does */
  constructor(exchange: Exchange, credentials: Credentials, now: () => number) {
    this.#exchange = exchange;
    this.#credentials = credentials;
    this.#now = now;
  }

  /**
   * The headers of one request.
   *
   * @param writes whether it changes something
   * @returns also whether they come of a login that was made for it just now
   * @throws what `Exchange.ask` throws; PveDenied the user has a second factor
   */
  async headers(
    writes: boolean,
    left: TimeLeft,
  ): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly fresh: boolean }> {
    const credentials = this.#credentials;
    if (credentials.kind === 'token') {
      const authorization = `PVEAPIToken=${credentials.id}=${credentials.secret}`;
      return { headers: { authorization }, fresh: true };
    }
    // Nothing is waited for before a login is begun, and whoever else asks meanwhile waits for the same one.
    const known = this.#ticket;
    const held = known === null ? null : await known.catch(() => null);
    const age = held === null ? -1 : (this.#now() - held.since) / 1000;
    const fresh = age < 0 || age >= RENEW;
    const ticket =
      this.#ticket === null || (fresh && this.#ticket === known)
        ? this.#logIn(credentials, left)
        : this.#ticket;
    this.#ticket = ticket;
    const { cookie, csrf } = await ticket;
    return { headers: writes ? { cookie, csrfpreventiontoken: csrf } : { cookie }, fresh };
  }

  /** The ticket is no good any more. */
  forget(): void {
    this.#ticket = null;
  }

  async #logIn({ user, password }: Extract<Credentials, { kind: 'login' }>, left: TimeLeft): Promise<Ticket> {
    const since = this.#now();
    const request = {
      method: 'POST',
      path: ['access', 'ticket'],
      params: { username: user, password },
    } as const;
    const asked = this.#exchange.asked(request);
    const { data } = await this.#exchange.ask(request, {}, left);
    // The answer must not stand in an error: it is a secret.
    const parsed = z.safeParse(answer, data);
    const { ticket, CSRFPreventionToken: csrf, NeedTFA } = parsed.success ? parsed.data : {};
    if (NeedTFA !== undefined && NeedTFA !== null && NeedTFA !== 0)
      throw new PveDenied(asked, `${user} has a second factor`, 'use a token, or root on the node by ssh');
    if (!ticket || !csrf || !/^[\x21-\x7e]{1,4000}$/.test(ticket + csrf))
      throw new PveUnreadable(asked, 'the answer is no ticket');
    return { cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`, csrf, since };
  }
}
