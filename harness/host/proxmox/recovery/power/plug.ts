import type { Limit } from '../../../../wire/deadline.ts';

/** A plug that can be asked over HTTP. */
export interface Plug {
  /** For messages. */
  readonly name: string;
  /** Off at once, and on again after so many seconds by the plug's own clock, whatever becomes of who asked. */
  offFor(seconds: number, limit: Limit): Promise<void>;
  isOn(limit: Limit): Promise<boolean>;
  on(limit: Limit): Promise<void>;
}
