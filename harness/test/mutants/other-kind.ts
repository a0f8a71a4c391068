import type { Observation, TraceEvent } from '../../trace/event.ts';
import type { Random } from './random.ts';

/**
 * The event told as one of another kind, which fits the schema; what it held is kept where the other kind has a
 * place. Never as `run.end`, which alone says that the run went well: who writes that where it was not so forges a
 * trace, and no judge of the trace alone can see a forgery. A panic has a mutation of its own.
 */
export function asOtherKind(event: TraceEvent, random: Random): TraceEvent {
  const held = event as unknown as Readonly<Record<string, unknown>>;
  const text = textIn(held);
  const boot = typeof held['boot'] === 'number' ? held['boot'] : random.below(3);
  const asked = random.pick(['start', 'reset', 'reboot'] as const);
  const command = random.pick(['guest-exec', 'guest-get-osinfo', 'query-status']);
  const pid = typeof held['pid'] === 'number' ? held['pid'] : random.between(1, 30_000);
  const program = 'qemu-system-x86_64';
  const kinds: readonly Observation[] = [
    { ch: 'note', kind: 'boot.begin', boot, asked },
    { ch: 'note', kind: 'boot.end', boot, why: text },
    { ch: 'note', kind: 'boot.skip', boot, asked, why: text },
    { ch: 'note', kind: 'control.begin', of: boot },
    { ch: 'note', kind: 'control.end', of: boot, why: text },
    { ch: 'note', kind: 'unmet', why: text },
    { ch: 'note', kind: 'lab.error', text },
    { ch: 'note', kind: 'stopped', why: text },
    { ch: 'note', kind: 'dropped', of: 'serial', count: random.below(100) },
    { ch: 'note', kind: 'info', text },
    { ch: 'exec', kind: 'spawn', program, pid, argv: [text] },
    { ch: 'exec', kind: 'stderr', program, line: text },
    { ch: 'exec', kind: 'exit', program, pid, code: random.below(3), signal: null },
    { ch: 'qmp', kind: 'greeting', version: text },
    { ch: 'qmp', kind: 'event', event: 'RESET', data: { guest: false, reason: 'host-qmp-system-reset' } },
    { ch: 'qmp', kind: 'event', event: 'SHUTDOWN', data: { guest: true, reason: 'guest-shutdown' } },
    { ch: 'qmp', kind: 'reply', command, data: held['data'] ?? null },
    { ch: 'qmp', kind: 'silent', command, waited: random.below(60) },
    { ch: 'agent', kind: 'up' },
    { ch: 'agent', kind: 'reply', command, data: held['data'] ?? null },
    { ch: 'agent', kind: 'refused', command, error: text },
    { ch: 'agent', kind: 'silent', command, waited: random.below(60) },
    { ch: 'agent', kind: 'running', command, waited: random.below(60) },
    { ch: 'serial', line: text },
    { ch: 'firmware', line: text },
    { ch: 'kernel', line: text },
    { ch: 'statement', text },
  ];
  const others = kinds.filter(
    (other) => other.ch !== event.ch || !('kind' in other) || other.kind !== held['kind'],
  );
  return { n: event.n, t: event.t, ...random.pick(others) };
}

function textIn(held: Readonly<Record<string, unknown>>): string {
  const texts = ['line', 'text', 'why', 'out', 'error', 'event'].map((key) => held[key]);
  return texts.find((text) => typeof text === 'string') ?? '';
}
