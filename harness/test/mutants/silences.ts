import type { Result } from '../../judge/result.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { answerDocument } from './answer-document.ts';

/** For each boot that the trace blames on the device by its control: how the agent's silence in it may be called. */
export function silences(
  events: readonly TraceEvent[],
  { findings }: Result,
): ReadonlyMap<number, ReadonlySet<string>> {
  const answered = new Set<number>();
  const called = new Map<number, Set<string>>();
  for (const { severity, boot } of findings)
    if (severity === 'cause' && boot !== null)
      called.set(boot, new Set(['guest.never-answered', 'guest.went-silent']));
  let within: { readonly boot: number; readonly control: boolean } | null = null;
  for (const event of events) {
    if (event.ch === 'note' && event.kind === 'boot.begin') within = { boot: event.boot, control: false };
    if (event.ch === 'note' && event.kind === 'control.begin') within = { boot: event.of, control: true };
    if (within === null) continue;
    if (within.control && answerDocument(event) !== undefined) answered.add(within.boot);
    if (within.control) continue;
    if (isSecondOpinion(event)) called.get(within.boot)?.add('guest.down');
    if (event.ch === 'agent' && event.kind === 'silent' && event.heard !== undefined)
      called.get(within.boot)?.add('agent.unreadable');
  }
  return new Map([...called].filter(([boot]) => answered.has(boot)));
}

/** A balloon driver's report, or QEMU's word that the VM does not run. */
function isSecondOpinion(event: TraceEvent): boolean {
  if (event.ch !== 'qmp' || event.kind !== 'reply') return false;
  const { status, 'report-age': age } = event.data as {
    readonly status?: unknown;
    readonly 'report-age'?: unknown;
  };
  return age !== undefined || (event.command === 'query-status' && status !== 'running');
}
