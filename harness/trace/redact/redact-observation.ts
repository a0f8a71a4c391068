import type { Observation } from '../event.ts';
import type { Redactor } from '../redact.ts';
import { PrivateKeyLines } from './private-key-lines.ts';

/** The words of our own in an event: a host that is called `agent` must not take them away. */
const OURS = new Set(
  'n t ch kind program command event asked of as step rung when nonce exitcode signal truncated'.split(' '),
);

/** Takes identities out of events, one after the other as they come. */
export class ObservationRedactor {
  readonly #redactor: Redactor;
  readonly #keys = new PrivateKeyLines();

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** The same event without them, with its properties in their order. */
  redact<E extends Observation>(event: E): E {
    const clean = Object.entries(event).map(([key, value]: readonly [string, unknown]) => {
      if (OURS.has(key)) return [key, value] as const;
      const line = key === 'line' && typeof value === 'string' ? this.#keys.hide(event.ch, value) : value;
      return [key, this.#redactor.data(line)] as const;
    });
    return Object.fromEntries(clean) as E;
  }
}
