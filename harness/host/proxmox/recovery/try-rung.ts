import { setTimeout as pauseMilliseconds } from 'node:timers/promises';
import type { Rung } from '../../../trace/words.ts';
import type { Limit } from '../../../wire/deadline.ts';
import { CommandFailed } from '../../../wire/command-failed.ts';
import { PveRefused } from '../refused.ts';
import { hasWorked, type Tried, wasRestarted } from './next-rung.ts';
import { type Situation, situationText } from './situation.ts';

/** What a ladder stands on. */
export interface Ground {
  /** Looks, and changes nothing. A host that does not answer is an answer, too. */
  look(limit: Limit): Promise<Situation>;
  /** How each rung is tried; what is not here cannot be tried on this host. What one throws is part of the evidence. */
  readonly rungs: ReadonlyMap<Rung, (limit: Limit) => Promise<void>>;
}

/** How long something takes, for whoever has no time to wait in tests. */
export interface Clock {
  /** Seconds. */
  now(): number;
  pause(seconds: number, signal: AbortSignal | undefined): Promise<void>;
}

export interface RungOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instead of `PATIENCE`: seconds until a rung is given up. */
  readonly patience?: Partial<Readonly<Record<Rung, number>>>;
  readonly clock?: Clock;
}

export interface TriedRung extends Tried {
  readonly seconds: number;
  readonly why: string;
}

/**
 * Seconds until a rung is given up. A Windows guest takes its time to shut down; `qm stop` waits 10 s for the config's
 * lock and may have to end QEMU by force; a host gives each of its guests 180 s to go down, and is minutes in its firmware.
 */
export const PATIENCE: Readonly<Record<Rung, number>> = {
  wait: 600,
  'agent-shutdown': 120,
  acpi: 60,
  stop: 60,
  kill: 20,
  'device-reset': 30,
  'driver-rebind': 60,
  'host-reboot': 600,
  'power-switch': 600,
};

/** Seconds between two looks, for one look, and for a rung's effect to show after the rung itself has failed. */
const AGAIN = 1;
const LOOK = 60;
const AFTER_FAILURE = 10;
/** The same for rungs that a host may have carried out before it fell silent. */
const AFTER_LOST_HOST = 120;
/** Seconds that a rung may take to end once it is given up. */
const END = 10;

const realClock: Clock = {
  now: () => performance.now() / 1000,
  pause: async (seconds, signal) => {
    await pauseMilliseconds(seconds * 1000, undefined, signal === undefined ? {} : { signal });
  },
};

interface Attempt {
  readonly tried: TriedRung;
  readonly situation: Situation;
}

/**
 * Tries one rung, until its effect is seen, the host was restarted, or its time is up.
 *
 * @param bootId the host's, as it was last known; null: unknown
 * @throws the signal's reason; what `look` throws
 */
export async function tryRung(
  rung: Rung,
  before: Situation,
  bootId: string | null,
  ground: Ground,
  options: RungOptions,
): Promise<Attempt> {
  const { clock = realClock, signal, patience } = options;
  const seconds = patience?.[rung] ?? PATIENCE[rung];
  const began = clock.now();
  let until = began + seconds;
  let said = '';
  const enough = new AbortController();
  const both = signal === undefined ? enough.signal : AbortSignal.any([enough.signal, signal]);
  const act = (async () => ground.rungs.get(rung)?.({ seconds, signal: both }))().catch((error: unknown) => {
    said = `; ${wordsOf(error)}`;
    const lost = rung === 'host-reboot' || rung === 'power-switch' ? AFTER_LOST_HOST : AFTER_FAILURE;
    until = Math.min(until, clock.now() + lost);
  });
  let acted = false;
  try {
    for (;;) {
      const situation = await look(ground, options);
      const worked = hasWorked(rung, situation, bootId);
      if (worked || wasRestarted(situation, bootId) || clock.now() >= until) {
        const took = Math.round((clock.now() - began) * 10) / 10;
        const why = `${situationText(before)}; then ${changeText(rung, situation, bootId)}${said}`;
        return { tried: { rung, worked, seconds: took, why }, situation };
      }
      // What is done may show as soon as it has ended.
      if (acted) await clock.pause(AGAIN, signal);
      else acted = await ends(act, AGAIN, clock);
    }
  } finally {
    enough.abort(new Error('this rung was given up, or is not needed any more'));
    // Two rungs at once would hide which of them worked; but one may hang in the host's kernel for good.
    await ends(act, END, clock);
  }
}

/** Waits for the end of what is done, but only so many seconds. */
async function ends(act: Promise<void>, seconds: number, clock: Clock): Promise<boolean> {
  const enough = new AbortController();
  const patient = clock.pause(seconds, enough.signal).catch(() => undefined);
  const ended = await Promise.race([act.then(() => true), patient.then(() => false)]);
  enough.abort();
  return ended;
}

/** One look at a ground. @throws the signal's reason; what `Ground.look` throws */
export function look(ground: Ground, { signal }: RungOptions): Promise<Situation> {
  signal?.throwIfAborted();
  return ground.look({ seconds: LOOK, signal });
}

function changeText(rung: Rung, now: Situation, bootId: string | null): string {
  const text = situationText(now);
  if (wasRestarted(now, bootId)) return `the host was restarted, and ${text}`;
  if (rung !== 'wait' || now.host === null) return text;
  return `the host answers again, ${bootId === null ? '' : 'not restarted, '}and ${text}`;
}

function wordsOf(error: unknown): string {
  if (error instanceof PveRefused) return error.words.trim().slice(0, 500);
  if (!(error instanceof Error)) return String(error).slice(0, 500);
  // A program's text that was given as a word says nothing to a reader.
  const command = error instanceof CommandFailed ? error.argv.join(' ').slice(0, 500) : '';
  return error.message
    .replace(command, command.split(' ', 1)[0] ?? '')
    .trim()
    .slice(0, 500);
}
