import * as z from 'zod/mini';
import type { Limit } from '../../../../wire/deadline.ts';
import type { Plug } from './plug.ts';
import { askPlug } from './plug-request.ts';
import { PowerSwitchFailed } from './power-switch-failed.ts';

/** A plug of several outlets says `POWER1` for the first. */
const Power = z.object({
  POWER: z.optional(z.enum(['ON', 'OFF'])),
  POWER1: z.optional(z.enum(['ON', 'OFF'])),
});
const Warning = z.object({ WARNING: z.string() });

/**
 * A plug with Tasmota, through its web requests: `Power`, and `Backlog` with `Delay`, in tenths of a second, for what it
 * does by itself (tasmota.github.io/docs/Commands). Nobody here has one: unverified.
 *
 * @param address as the owner gave it; a user and password in it go where Tasmota wants them, into the query
 */
export function tasmota(address: string): Plug {
  const name = 'the Tasmota plug';
  const ask = async (command: string, limit: Limit): Promise<unknown> => {
    const base = new URL(address);
    const url = new URL('/cm', base.origin);
    const [user = '', password = ''] = [base.username, base.password].map(decodeURIComponent);
    // Spaces as %20: a plus sign is one to Tasmota's own reader, but the documentation shows none.
    const words = { ...(password === '' ? {} : { user, password }), cmnd: command };
    url.search = Object.entries(words)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join('&');
    const answer = await askPlug(name, url, limit);
    // Versions before 8.2.3 say so with 200.
    if (Warning.safeParse(answer).success) throw new PowerSwitchFailed(name, 'it wants another login');
    return answer;
  };
  const power = async (command: string, limit: Limit): Promise<boolean> => {
    const { data } = Power.safeParse(await ask(command, limit));
    const state = data?.POWER ?? data?.POWER1;
    if (state === undefined) throw new PowerSwitchFailed(name, `its answer to ${command} is none`);
    return state === 'ON';
  };
  return {
    name,
    offFor: async (seconds, limit) => {
      await ask(`Backlog Power Off; Delay ${seconds * 10}; Power On`, limit);
    },
    isOn: (limit) => power('Power', limit),
    on: async (limit) => {
      await power('Power On', limit);
    },
  };
}
