import type { TraceEvent } from '../../trace/event.ts';

/** The document in a probe's answer, read loosely; undefined where there is none. */
export function answerDocument(event: TraceEvent): unknown {
  if (event.ch !== 'agent' || event.kind !== 'probe') return undefined;
  const json = /^\{.*\}$/m.exec(event.out)?.[0];
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
