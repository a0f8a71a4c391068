import { understand } from './diagnose.ts';
import type { Finding } from './finding.ts';
import { rank } from './rank.ts';
import type { ReadInput } from './read/input-reader.ts';
import { CONFIG_RULES } from './rules/config.ts';
import type { Signals } from './signature.ts';
import { told } from './told.ts';

export interface Lint {
  /** How many VMs the inputs describe. */
  readonly vms: number;
  /** What is bad first; `cause`: such a VM would not start, or its iGPU would not work. */
  readonly findings: readonly Finding[];
}

const NO_SIGNALS: Signals = { of: () => [], count: () => 0, has: () => false, ids: [] };

/**
 * What is wrong with the VMs that are described, before anybody boots them. Logs are not looked at; facts of the host
 * that stand beside them are.
 */
export function lint(inputs: readonly ReadInput[]): Lint {
  const { of, texts } = understand(inputs);
  const claims = rank(CONFIG_RULES.flatMap((rule) => rule.conclude({ ...of, signals: NO_SIGNALS })));
  return { vms: of.vms.length, findings: claims.map((claim) => told(claim, of, texts)) };
}
