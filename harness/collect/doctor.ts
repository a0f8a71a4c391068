import type { HostAccess } from './access.ts';
import type { Check, CheckAnswer } from './check.ts';
import { CHECKS } from './checks.ts';
import type { CollectOptions } from './collect.ts';
import { vmOf } from './collect.ts';
import { COLLECTORS } from './collectors.ts';
import { gather, type Gathered } from './gather.ts';
import { hostState } from './host-state.ts';

export interface Looked extends CheckAnswer {
  readonly check: Pick<Check, 'id' | 'what'>;
}

/** `ready`: nothing is wrong and everything is known. */
export type Readiness = 'ready' | 'not-ready' | 'unknown';

export interface Examination {
  readonly vmid: number | null;
  readonly vmFound: string;
  readonly readiness: Readiness;
  readonly checks: readonly Looked[];
}

/** Gathers what the checks need from a host, changing nothing there, and looks at it. */
export async function examineHost(
  access: HostAccess,
  options: Omit<CollectOptions, 'version' | 'names'>,
): Promise<Examination> {
  const { vmid, why } = await vmOf(access, options.vmid);
  const needed = new Set(CHECKS.flatMap(({ needs }) => needs));
  const collectors = COLLECTORS.filter(({ id }) => needed.has(id));
  return examine(await gather(access, collectors, { ...options, vmid }), why);
}

/** What the checks say of what was gathered. Pure. */
export function examine(gathered: Gathered, vmFound: string): Examination {
  const state = hostState(gathered);
  const checks = CHECKS.map((check) => ({ check: { id: check.id, what: check.what }, ...check.look(state) }));
  return { vmid: gathered.vmid, vmFound, readiness: readinessOf(checks), checks };
}

function readinessOf(checks: readonly Looked[]): Readiness {
  if (checks.some(({ state }) => state === 'not-ok')) return 'not-ready';
  return checks.some(({ state }) => state === 'unknown') ? 'unknown' : 'ready';
}
