import type { Case } from '../case.ts';
import type { Sign } from '../fact.ts';
import type { Quote } from '../quote.ts';
import { modeOf } from '../subject/passed.ts';

const ASKED = /\b(i915|xe)\.max_vfs=[1-9]/g;

/** The modules that are told to make virtual functions on the kernel’s command line. */
export function modulesAsked({ facts }: Case): readonly string[] {
  const lines = facts.of('kernelCommandLine').map(({ value }) => value);
  return [...new Set(lines.flatMap((line) => [...line.matchAll(ASKED)].map(([, module = '']) => module)))];
}

/** Whether virtual functions are what the reporter is after. */
export function wantsVfs(of: Case): boolean {
  const mode = modeOf(of);
  if (mode === 'vf' || of.facts.has('symptom', 'vfs-missing')) return true;
  const asked =
    of.facts.has('sign', 'sriov-refused') ||
    modulesAsked(of).length > 0 ||
    of.signals.has('sriov-module', 'sriov-nodrv');
  return mode === null && asked;
}

/** Where a sign is told. */
export function told({ facts }: Case, ...signs: readonly Sign[]): readonly Quote[] {
  return facts.saying('sign', ...signs);
}
