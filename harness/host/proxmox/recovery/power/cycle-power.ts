import { setTimeout as pause } from 'node:timers/promises';
import type { PowerSwitch } from '../../../../scenario/connection.ts';
import type { Limit } from '../../../../wire/deadline.ts';
import { CommandFailed, run } from '../../../../wire/shell.ts';
import type { Plug } from './plug.ts';
import { PowerSwitchFailed } from './power-switch-failed.ts';
import { shelly } from './shelly.ts';
import { tasmota } from './tasmota.ts';

/** Seconds without power: enough for a power supply to run empty. */
const OFF = 10;
/** Seconds between two looks, for a plug to switch off once it was told, and beyond `OFF` for it to be on again. */
const AGAIN = 0.5;
const SWITCH = 10;
const COMMAND = 120;

/** How long a plug may take; for tests. */
export interface CycleTimes {
  readonly off: number;
  readonly switch: number;
}

/**
 * Takes a machine's power away and gives it back. A plug does both by itself, so that nobody who dies in between leaves
 * the machine off; its own word on its state is asked before and after. Whether the machine comes back is for others to
 * see: its firmware must be set to start when power returns.
 *
 * @throws PowerSwitchFailed; the signal's reason
 */
export async function cyclePower(
  power: PowerSwitch,
  limit: Limit,
  times: CycleTimes = { off: OFF, switch: SWITCH },
): Promise<void> {
  limit.signal?.throwIfAborted();
  if ('command' in power) await command(power.command, limit);
  else await cyclePlug('shelly' in power ? shelly(power.shelly) : tasmota(power.tasmota), limit, times);
}

async function command(argv: readonly string[], { seconds, signal }: Limit): Promise<void> {
  try {
    await run(argv, { timeout: Math.min(COMMAND, seconds), ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof CommandFailed)) throw error;
    const said = error.stderr.trim().slice(-200);
    const how = error.timedOut
      ? 'it took too long and was ended'
      : `it ended with ${error.signal ?? `exit code ${error.code ?? 'unknown'}`}`;
    throw new PowerSwitchFailed('the power command', said === '' ? how : `${how}: ${said}`);
  }
}

async function cyclePlug(plug: Plug, limit: Limit, times: CycleTimes): Promise<void> {
  try {
    await plug.offFor(times.off, limit);
    await until(plug, false, times.switch, limit);
    await until(plug, true, times.off + times.switch, limit);
  } catch (error) {
    limit.signal?.throwIfAborted();
    // Whatever it has heard of all that: a machine must not be left without power.
    await plug.on(limit).catch(() => undefined);
    throw error;
  }
}

/** Waits until a plug says that it is on, or off. One answer that does not come is not the last word. */
async function until(plug: Plug, on: boolean, seconds: number, limit: Limit): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let why: unknown = new PowerSwitchFailed(plug.name, `it says that it is ${on ? 'off' : 'on'}`);
  while (performance.now() < end) {
    try {
      if ((await plug.isOn(limit)) === on) return;
    } catch (error) {
      limit.signal?.throwIfAborted();
      why = error;
    }
    await pause(AGAIN * 1000, undefined, limit.signal === undefined ? {} : { signal: limit.signal });
  }
  throw why;
}
