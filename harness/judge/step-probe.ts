import { readFallback } from '../guest/answers/fallback/read-fallback.ts';
import { readLimited } from '../guest/answers/fallback/limited.ts';
import type { Sighting } from '../guest/answers/fallback/sighting.ts';
import { isUnstarted, readProbe } from '../guest/answers/read-answer.ts';
import { refuse } from '../guest/answers/frame.ts';
import type { Refusal } from '../guest/answers/reading.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { assess } from './assess.ts';
import { assessFallback } from './assess-fallback.ts';
import type { AgentRefusal, Boot, Reading } from './boot.ts';

type Of<K extends string> = Extract<TraceEvent, { ch: 'agent'; kind: K }>;

/** Folds in what one run of the probe printed: a reading of the device, or a refusal. */
export function stepProbe(boot: Boot, event: Of<'probe'>, context: TraceHeader): Boot {
  const answer = readProbe(context.guest.probe, event, event.nonce);
  if ('refused' in answer) {
    const limited = answer.refused === 'limited';
    const sightings = limited ? [readLimited(event.out, event.nonce, context.host.igpu.id)] : [];
    return sight(withRefusal(boot, event, answer), event, sightings);
  }
  const { uptime, bootId, fastStartup, log } = answer;
  const { n, t, nonce, took = 0 } = event;
  const told = { uptime, bootId, fastStartup, log, weak: false, nonce };
  const reading = { n, t, took, ...told, ...assess(answer, context) };
  return { ...boot, round: null, probed: boot.probed + 1, readings: [...boot.readings, reading] };
}

/** Folds in what the agent said instead of an answer: that it could not start the probe, or that it does not obey. */
export function stepRefused(boot: Boot, refusal: AgentRefusal): Boot {
  const { command, error, as } = refusal;
  if (as === 'error' && isUnstarted(command, error))
    return withRefusal(boot, refusal, refuse('blocked', `the probe could not be started: ${error}`));
  const probed = boot.probed + (command.startsWith('guest-exec') ? 1 : 0);
  return { ...boot, probed, refused: [...boot.refused, refusal].slice(-20) };
}

/** Folds in that the probe had not ended when its time was up. */
export function stepRunning(boot: Boot, event: Of<'running'>): Boot {
  const why = `the probe had not ended after ${event.waited.toFixed(1)} s`;
  return { ...withRefusal(boot, event, refuse('never-ended', why)), round: null };
}

/** Folds in one fall-back: all that follow one refused probe are one reading together. */
export function stepFallback(boot: Boot, event: Of<'fallback'>, context: TraceHeader): Boot {
  const sighting = readFallback(event.step, event, context.host.igpu.id);
  return sight(boot, event, [sighting]);
}

/** A probe that could not even be started leaves its nonce nowhere: its event names the question then. */
function withRefusal(
  boot: Boot,
  event: { readonly n: number; readonly t: number; readonly nonce?: string; readonly waited?: number },
  { refused, why }: Refusal,
): Boot {
  const { n, t, nonce = `event ${n}`, waited = 0 } = event;
  const round = { nonce, readings: boot.readings, sightings: [] };
  const refusals = [...boot.refusals, { n, t, kind: refused, why, waited }].slice(-50);
  return { ...boot, probed: boot.probed + 1, refusals, round };
}

function sight(boot: Boot, { n, t }: TraceEvent, seen: readonly Sighting[]): Boot {
  if (boot.round === null || seen.length === 0) return boot;
  const round = { ...boot.round, sightings: [...boot.round.sightings, ...seen].slice(0, 100) };
  const said = assessFallback(round.sightings);
  if (said === null) return { ...boot, round };
  // The guest has been up for at least as long as its agent has answered.
  const uptime = boot.agentUp === null ? null : t - boot.agentUp.t;
  const unknown = { bootId: null, fastStartup: null, log: null };
  const reading: Reading = { n, t, took: 0, uptime, ...unknown, weak: true, nonce: round.nonce, ...said };
  return { ...boot, readings: [...round.readings, reading], round };
}
