import * as z from 'zod/mini';
import type { Limit } from '../../../../wire/deadline.ts';
import type { Plug } from './plug.ts';
import { askPlug } from './plug-request.ts';
import { PowerSwitchFailed } from './power-switch-failed.ts';

const Was = z.object({ was_on: z.boolean() });
const Status = z.object({ output: z.boolean() });

/**
 * A Shelly plug of generation 2 or later, through its RPC over HTTP: `Switch.Set` with `toggle_after`, and
 * `Switch.GetStatus` (shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Switch). Nobody here has one: unverified.
 * One with a password wants HTTP digest, which this does not speak.
 *
 * @param address as the owner gave it; `?id=1` names another of its switches than the first
 */
export function shelly(address: string): Plug {
  const name = 'the Shelly plug';
  const ask = async <T>(
    method: string,
    words: Readonly<Record<string, string>>,
    schema: z.ZodMiniType<T>,
    limit: Limit,
  ): Promise<T> => {
    const base = new URL(address);
    const url = new URL(`/rpc/${method}`, base.origin);
    const id = base.searchParams.get('id') ?? '0';
    url.search = new URLSearchParams({ id, ...words }).toString();
    const read = schema.safeParse(await askPlug(name, url, limit));
    if (!read.success) throw new PowerSwitchFailed(name, `its answer to ${method} is none`);
    return read.data;
  };
  return {
    name,
    offFor: async (seconds, limit) => {
      await ask('Switch.Set', { on: 'false', toggle_after: String(seconds) }, Was, limit);
    },
    isOn: async (limit) => (await ask('Switch.GetStatus', {}, Status, limit)).output,
    on: async (limit) => {
      await ask('Switch.Set', { on: 'true' }, Was, limit);
    },
  };
}
