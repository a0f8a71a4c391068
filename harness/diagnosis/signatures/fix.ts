import type { Fix, FixStep } from '../finding.ts';

/** A change of steps only: why it helps, where that is known from, and what to do. */
export function fix(why: string, source: string, ...steps: readonly FixStep[]): () => Fix {
  return () => ({ why, source, vm: [], steps });
}

export function onHost(text: string): FixStep {
  return { where: 'host', text };
}

export function inGuest(text: string): FixStep {
  return { where: 'guest', text };
}

export function inBios(text: string): FixStep {
  return { where: 'bios', text };
}

export function inVm(text: string): FixStep {
  return { where: 'vm', text };
}
