import type { TraceEvent } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import type { Integrity } from '../integrity.ts';
import { disordered, incomplete, type Flaw } from './flaw.ts';

/** Nearly every event has none. */
const NONE: readonly Flaw[] = [];

/** Events count from 1 without gaps. */
export function outOfNumber(before: Integrity, event: TraceEvent): readonly Flaw[] {
  const expected = before.lastN + 1;
  if (event.n === expected) return NONE;
  const why = `event ${event.n} stands where event ${expected} belongs`;
  return [event.n > expected ? incomplete(event.n, why) : disordered(event, why)];
}

/** The harness's own clock never runs back. */
export function outOfClock(before: Integrity, event: TraceEvent, context: TraceHeader): readonly Flaw[] {
  if (context.clocks[event.ch] !== 'harness' || event.t >= before.now) return NONE;
  return [disordered(event, `the clock runs back from ${before.now} s to ${event.t} s`)];
}

/** What may stand where in a run: boots in the order asked for, one at a time, the guest's answers inside them. */
export function outOfPlace(before: Integrity, event: TraceEvent, context: TraceHeader): readonly Flaw[] {
  if (context.origin !== 'run') return NONE;
  if (before.ending === 'run.end' && !(event.ch === 'note' && event.kind === 'dropped'))
    return [disordered(event, 'the run had ended')];
  if (event.ch === 'agent' && before.open === null)
    return [disordered(event, 'the guest answers outside of any boot')];
  if (event.ch !== 'note') return NONE;
  if (event.kind === 'boot.begin' || event.kind === 'boot.skip') return outOfTurn(before, event, context);
  if (event.kind === 'control.begin') return controlOutOfTurn(before, event, context);
  const ended = event.kind === 'boot.end' ? event.boot : event.kind === 'control.end' ? event.of : null;
  if (ended !== null && before.open !== ended)
    return [disordered(event, `boot ${ended + 1} ends and had not begun`)];
  if (event.kind === 'run.end' && before.open !== null)
    return [incomplete(event.n, `boot ${before.open + 1} has no end`)];
  return NONE;
}

/** A control is started once the boots are done, for one of them. */
function controlOutOfTurn(
  before: Integrity,
  event: Extract<TraceEvent, { kind: 'control.begin' }>,
  context: TraceHeader,
): readonly Flaw[] {
  const name = `the control of boot ${event.of + 1}`;
  if (before.open !== null) return [disordered(event, `${name} begins before boot ${before.open + 1} ended`)];
  const done = before.boots >= context.cell.boots.length && event.of < before.boots;
  return done ? NONE : [disordered(event, `${name} begins before all boots are done`)];
}

function outOfTurn(
  before: Integrity,
  event: Extract<TraceEvent, { kind: 'boot.begin' | 'boot.skip' }>,
  context: TraceHeader,
): readonly Flaw[] {
  const name = `boot ${event.boot + 1} (${event.asked})`;
  if (before.open !== null) return [disordered(event, `${name} begins before boot ${before.open + 1} ended`)];
  if (event.boot !== before.boots)
    return [disordered(event, `${name} stands where boot ${before.boots + 1} belongs`)];
  const asked = context.cell.boots[event.boot];
  if (asked === event.asked) return NONE;
  return [disordered(event, `${name} is not what the cell asks for there (${asked ?? 'nothing'})`)];
}
