import type { Case } from '../case.ts';
import type { Hypervisor } from '../fact.ts';
import type { AppliedFix, Fix } from '../finding.ts';
import type { VmSetup } from '../vm-setup.ts';
import { inWords } from './in-words.ts';

/** Puts a fix into the words of the person's hypervisor, as `applyFix` says. */
export type FixWriter = (
  fix: Fix,
  setup: VmSetup | null,
  text: string | null,
  hypervisor: Hypervisor | null,
) => AppliedFix;

/**
 * The writer of fixes for this case. Without a VM, and without a word of another hypervisor, there is no config to
 * change and no grammar to know: what does that is not loaded.
 * @throws what loading a module throws
 */
export async function fixWriterFor({ vms, facts }: Case): Promise<FixWriter> {
  const plain = vms.length === 0 && (facts.get('hypervisor') ?? 'proxmox') === 'proxmox';
  return plain ? inWords : (await import('./apply-fix.ts')).applyFix;
}
