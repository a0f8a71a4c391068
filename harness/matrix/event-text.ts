import type { TraceEvent } from '../trace/event.ts';

/** What an event says, in one line of its own words. The text is not yet safe to show: see `printable`. */
export function eventText(event: TraceEvent): string {
  switch (event.ch) {
    case 'note':
      return noteText(event);
    case 'exec':
      return execText(event);
    case 'qmp':
      return qmpText(event);
    case 'agent':
      return agentText(event);
    case 'serial':
    case 'firmware':
    case 'kernel':
      return event.line;
    case 'statement':
      return event.text;
  }
}

type Of<C extends TraceEvent['ch']> = Extract<TraceEvent, { ch: C }>;

function noteText(event: Of<'note'>): string {
  switch (event.kind) {
    case 'boot.begin':
      return `boot ${event.boot + 1} begins, ${event.asked} asked for`;
    case 'boot.end':
      return `boot ${event.boot + 1} ends: ${event.why}`;
    case 'boot.skip':
      return `boot ${event.boot + 1} (${event.asked}) is left out: ${event.why}`;
    case 'control.begin':
      return `control for boot ${event.of + 1} begins: the same guest without the device`;
    case 'control.end':
      return `control for boot ${event.of + 1} ends: ${event.why}`;
    case 'unmet':
      return `requirement not met: ${event.why}`;
    case 'lab.error':
      return `the lab failed: ${event.text}`;
    case 'stopped':
      return `stopped by a person: ${event.why}`;
    case 'dropped':
      return `${event.count} events of ${event.of} were dropped`;
    case 'not-honoured':
      return `not honoured on this host: ${event.what.join(', ')}`;
    case 'run.end':
      return 'the run ends as planned';
    case 'info':
      return event.text;
  }
}

function execText(event: Of<'exec'>): string {
  switch (event.kind) {
    case 'spawn':
      return `${event.program} starts as ${event.pid}: ${event.argv.join(' ')}`;
    case 'stderr':
      return `${event.program} says: ${event.line}`;
    case 'exit':
      return `${event.program} ends: ${event.signal ?? `exit code ${event.code ?? 'unknown'}`}`;
  }
}

function qmpText(event: Of<'qmp'>): string {
  switch (event.kind) {
    case 'greeting':
      return `QEMU ${event.version}`;
    case 'event':
      return `${event.event} ${json(event.data)}`;
    case 'repeated':
      return `${event.event}, ${event.count} times more within ${event.seconds} s`;
    case 'reply':
      return `${event.command} → ${json(event.data)}`;
    case 'silent':
      return `QEMU does not answer ${event.command} within ${event.waited} s`;
  }
}

function agentText(event: Of<'agent'>): string {
  switch (event.kind) {
    case 'up':
      return 'the guest agent answers';
    case 'reply':
      return `${event.command} → ${json(event.data)}`;
    case 'refused':
      return `${event.command} refused: ${event.error}`;
    case 'silent':
      return `no answer to ${event.command} within ${event.waited} s`;
    case 'running':
      return `${event.command}: not ended within ${event.waited} s`;
    case 'probe':
      return `probe, exit code ${event.exitcode ?? 'unknown'}: ${event.out}${event.err === '' ? '' : ` | ${event.err}`}`;
    case 'fallback':
      return `fall-back ${event.step}, ${event.path} ${event.args.join(' ')}, exit code ${event.exitcode ?? 'unknown'}: ${event.out}${event.err === '' ? '' : ` | ${event.err}`}`;
  }
}

function json(data: unknown): string {
  return data === undefined ? '' : JSON.stringify(data);
}
