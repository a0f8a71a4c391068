import type { Case } from './case.ts';
import type { FactKey } from './fact.ts';
import type { Rule } from './rule.ts';
import { biosSettings } from './rules/bios-settings.ts';
import { deviceClass } from './rules/device-class.ts';
import { igdLines } from './rules/igd-lines.ts';
import { kernelRegression } from './rules/kernel-regression.ts';
import { opregion } from './rules/opregion.ts';
import { otherVendor } from './rules/other-vendor.ts';
import { qemuGeneration } from './rules/qemu-generation.ts';
import { qemuTooOld } from './rules/qemu-too-old.ts';
import { signatureFindings } from './rules/signature-findings.ts';
import { sriov } from './rules/sriov.ts';

/** What single lines say. It is always at hand, and so are the rules of logs. */
const OF_LINES: readonly Rule[] = [otherVendor, signatureFindings];

/** Rules for which the lines of a log are enough. */
const OF_LOGS: readonly Rule[] = [
  qemuGeneration,
  qemuTooOld,
  sriov,
  biosSettings,
  igdLines,
  opregion,
  deviceClass,
  kernelRegression,
];

/** Rules that say nothing of a case which has none of these. */
interface Later {
  readonly facts: readonly FactKey[];
  /** What else will do. */
  readonly or: readonly ('vms' | 'roms')[];
  readonly load: () => Promise<readonly Rule[]>;
}

/** Which rules need which kind of input: they are loaded with the first of it, and change no answer without. */
const ON_DEMAND: readonly Later[] = [
  {
    facts: ['gms', 'sign', 'symptom'],
    or: ['vms'],
    load: async () => (await import('./rules/config.ts')).CONFIG_RULES,
  },
  {
    facts: ['romDigest', 'romFor', 'romName', 'romState', 'problemCode', 'symptom'],
    or: ['vms', 'roms'],
    load: async () => (await import('./rules/roms.ts')).ROM_RULES,
  },
  {
    facts: ['driverReplaced', 'guestDriver', 'guestOs', 'guestSight', 'problemCode', 'symptom', 'vbs'],
    or: [],
    load: async () => (await import('./rules/guest.ts')).GUEST_RULES,
  },
  {
    facts: ['biosSetting', 'compared', 'kernelCommandLine', 'outcome', 'sign', 'symptom'],
    or: [],
    load: async () => (await import('./rules/told.ts')).TOLD_RULES,
  },
];

/**
 * The rules that may say something of this case.
 * @throws what loading a module throws
 */
export async function rulesFor(of: Case): Promise<readonly Rule[]> {
  return withRules(
    ON_DEMAND.filter(
      ({ facts, or }) =>
        or.some((kind) => of[kind].length > 0) || facts.some((key) => of.facts.of(key).length > 0),
    ),
  );
}

/**
 * Every rule, in the same order as `rulesFor`. `rank.ts` orders what they find.
 * @throws what loading a module throws
 */
export async function everyRule(): Promise<readonly Rule[]> {
  return withRules(ON_DEMAND);
}

async function withRules(later: readonly Later[]): Promise<readonly Rule[]> {
  const loaded = (await Promise.all(later.map(({ load }) => load()))).flat();
  // Of claims that say the same the first is told: what single lines say, then who knows more than the log.
  return [...OF_LINES, ...loaded, ...OF_LOGS];
}
