import type { TraceEvent } from './event.ts';

type Of<Ch extends TraceEvent['ch']> = Extract<TraceEvent, { ch: Ch }>;

/** What an event says, for a person: as it was observed, with a word or two around it. It may hold anything. */
export function eventWords(event: TraceEvent): string {
  switch (event.ch) {
    case 'note':
      return noteWords(event);
    case 'exec':
      return execWords(event);
    case 'qmp':
      return qmpWords(event);
    case 'agent':
      return agentWords(event);
    case 'serial':
    case 'firmware':
    case 'kernel':
      return event.line;
    case 'statement':
      return event.text;
  }
}

function noteWords(event: Of<'note'>): string {
  switch (event.kind) {
    case 'boot.begin':
      return `boot ${event.boot + 1} begins (${event.asked})`;
    case 'boot.end':
      return `boot ${event.boot + 1} ends: ${event.why}`;
    case 'boot.skip':
      return `boot ${event.boot + 1} (${event.asked}) is not done: ${event.why}`;
    case 'control.begin':
      return `the same guest without the device, for boot ${event.of + 1}`;
    case 'control.end':
      return `without the device, ends: ${event.why}`;
    case 'unmet':
      return `not run: ${event.why}`;
    case 'not-honoured':
      return `not honoured: ${event.what.join(', ')}`;
    case 'lab.error':
      return `the lab failed: ${event.text}`;
    case 'stopped':
      return `stopped: ${event.why}`;
    case 'dropped':
      return `${event.count} events of ${event.of} dropped`;
    case 'recovery':
      return `${event.rung} ${event.worked ? 'worked' : 'did not work'}, ${event.seconds.toFixed(1)} s: ${event.why}`;
    case 'clock':
      return clockWords(event);
    case 'host.crash':
      return ['the host was restarted under the run; its last words:', ...event.lines.slice(-5)].join(' | ');
    case 'host.restart':
      return restartWords(event);
    case 'run.end':
      return 'the run ended as planned';
    case 'info':
      return event.text;
    case 'device':
      return deviceWords(event);
  }
}

function restartWords({ from, to, seconds, why }: Extract<TraceEvent, { kind: 'host.restart' }>): string {
  const end = to === null ? `boot ${from} was not seen to end` : `boot ${from} became ${to}`;
  return `the host was told to restart, ${seconds.toFixed(1)} s: ${end}; ${why}`;
}

function clockWords({ of, offset, within }: Extract<TraceEvent, { kind: 'clock' }>): string {
  const stands = offset < 0 ? 'behind' : 'ahead of';
  return `the ${of}'s clock is ${Math.abs(offset).toFixed(3)} s ${stands} ours, to ${within.toFixed(3)} s`;
}

function deviceWords(event: Extract<TraceEvent, { kind: 'device' }>): string {
  const { when, id, driver, powerState, iommuGroup, resetMethod, fresh } = event;
  const facts = [
    `driver ${driver ?? 'none'}`,
    `power ${powerState ?? '?'}`,
    `IOMMU group ${iommuGroup ?? '?'}`,
    `reset ${resetMethod ?? '?'}`,
    ...(fresh === true ? ['no VM has had it since the host was booted'] : []),
  ];
  return `device ${when}: ${id ?? 'none'}, ${facts.join(', ')}`;
}

function execWords(event: Of<'exec'>): string {
  switch (event.kind) {
    case 'spawn':
      return `${event.program} [${event.pid}] ${event.argv.join(' ')}`;
    case 'stderr':
      return `${event.program}: ${event.line}`;
    case 'exit':
      return `${event.program} [${event.pid}] ends with ${event.signal ?? `code ${event.code ?? '?'}`}`;
  }
}

function qmpWords(event: Of<'qmp'>): string {
  switch (event.kind) {
    case 'greeting':
      return `QEMU ${event.version}`;
    case 'event':
      return `${event.event} ${json(event.data)}`;
    case 'repeated':
      return `${event.event} ${event.count} times more in ${event.seconds} s`;
    case 'reply':
      return `${event.command} → ${json(event.data)}`;
    case 'silent':
      return `${event.command}: no answer in ${event.waited} s`;
  }
}

function agentWords(event: Of<'agent'>): string {
  switch (event.kind) {
    case 'up':
      return 'answers';
    case 'reply':
      return `${event.command} → ${json(event.data)}`;
    case 'refused':
      return `${event.command} refused (${event.as ?? 'error'}): ${event.error}`;
    case 'silent':
      return `${event.command}: no answer in ${event.waited} s${event.heard === undefined ? '' : `, ${event.heard} bytes of noise`}`;
    case 'running':
      return `${event.command}: still running after ${event.waited} s`;
    case 'probe':
      return `probe, ${endWords(event)}: ${event.out || event.err}`;
    case 'fallback':
      return `fall-back ${event.step}, ${endWords(event)}: ${event.out || event.err}`;
  }
}

function endWords({
  exitcode,
  signal,
}: {
  readonly exitcode: number | null;
  readonly signal: number | null;
}): string {
  if (signal !== null) return `signal ${signal}`;
  return exitcode === null ? 'no end' : `exit ${exitcode}`;
}

function json(data: unknown): string {
  return data === undefined || data === null ? '' : JSON.stringify(data);
}
