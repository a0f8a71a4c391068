import pLimit from 'p-limit';
import { type Limit, within } from '../deadline.ts';

/**
 * How many sessions one connection has at a time, what runs long among them. sshd allows ten unless its MaxSessions says
 * otherwise (sshd_config(5)); one that has just ended here may not have there.
 */
export const SESSIONS = 8;

/** Turns to have a session. Whoever comes first is served first. */
export class SessionSlots {
  readonly #limit = pLimit(SESSIONS);

  /**
   * Waits for a turn.
   *
   * @returns ends the turn; calling it again does nothing
   * @throws what `late` makes once the limit's seconds have passed; the signal's reason
   */
  async take(limit: Limit, late: () => Error): Promise<() => void> {
    let over = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    const turn = new Promise<void>((begin) => {
      const had = this.#limit(() => {
        begin();
        return ended;
      });
      had.catch(() => undefined);
    });
    try {
      await within(turn, limit, late);
    } catch (error) {
      over();
      throw error;
    }
    return over;
  }
}
