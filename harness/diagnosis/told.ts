import type { Case } from './case.ts';
import type { Claim, Finding } from './finding.ts';
import type { FixWriter } from './fix/fix-writer.ts';
import type { VmSetup } from './vm-setup.ts';

/**
 * A claim as it is told: how it was reasoned stays inside, the fix is in the words of the person's hypervisor.
 *
 * @param texts of the VMs, as they were given
 */
export function told(
  claim: Claim,
  of: Case,
  texts: ReadonlyMap<VmSetup, string>,
  writeFix: FixWriter,
): Finding {
  const { id, severity, confidence, title, detail, evidence, fix } = claim;
  const [vm = null] = of.vms;
  const text = vm === null ? null : (texts.get(vm) ?? null);
  const applied = fix && {
    why: fix.why,
    source: fix.source,
    ...writeFix(fix, vm, text, of.facts.get('hypervisor')),
  };
  return { id, severity, confidence, title, detail, evidence, fix: applied };
}
