import { SEVERITIES } from '../judge/result.ts';
import { type Fact, Facts } from './fact.ts';
import { understand } from './diagnose.ts';
import type { Claim, Finding } from './finding.ts';
import type { Part } from './part.ts';
import { rank } from './rank.ts';
import type { ReadInput } from './read/input-reader.ts';
import { readVm } from './readers/vm-reader.ts';
import { CONFIG_RULES } from './rules/config.ts';
import type { Signals } from './signature.ts';
import { told } from './told.ts';
import type { VmSetup } from './vm-setup.ts';

export interface Lint {
  readonly vms: readonly VmSetup[];
  /** What is bad first; `cause`: such a VM would not start, or its iGPU would not work. */
  readonly claims: readonly Claim[];
}

const NO_SIGNALS: Signals = { of: () => [], count: () => 0, has: () => false, ids: [] };

/**
 * What is wrong with a VM's description before anybody boots it. Nothing is known of how it goes, so nothing is
 * softened by it.
 * @param host facts of the host it shall run on: iGPU, QEMU's version
 */
export function lint(parts: readonly Part[], host: readonly Fact[] = []): Lint {
  const read = parts.flatMap((part) => readVm(part) ?? []);
  const vms = read.flatMap(({ setup }) => setup ?? []);
  const facts = new Facts([...host, ...read.flatMap((each) => each.facts)]);
  const of = { facts, signals: NO_SIGNALS, vms, roms: [] };
  const claims = CONFIG_RULES.flatMap((rule) => rule.conclude(of));
  const rank = ({ severity }: Claim): number => SEVERITIES.indexOf(severity);
  return { vms, claims: claims.toSorted((a, b) => rank(a) - rank(b)) };
}

/** The same of whole inputs: VMs beside facts of the host. In: what was read. Out: how many VMs, and what is found. */
export function lintInputs(inputs: readonly ReadInput[]): {
  readonly vms: number;
  readonly findings: readonly Finding[];
} {
  const { of, texts } = understand(inputs);
  const claims = rank(CONFIG_RULES.flatMap((rule) => rule.conclude({ ...of, signals: NO_SIGNALS })));
  return { vms: of.vms.length, findings: claims.map((claim) => told(claim, of, texts)) };
}
