import type { Case } from '../case.ts';
import type { Claim, Fix, FixStep, VmEdit } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { hasSymptom, started, works } from '../subject/trouble.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';

/**
 * How bad a thing is that QEMU or Proxmox refuses to start with. Where the guest was seen running, the description is
 * not, or not yet, that of the VM that ran.
 */
export function refusal(of: Case): Pick<Claim, 'severity' | 'confidence'> {
  if (works(of)) return { severity: 'warning', confidence: 'possible' };
  if (hasSymptom(of, 'vm-does-not-start')) return { severity: 'cause', confidence: 'certain' };
  return started(of)
    ? { severity: 'contributing', confidence: 'possible' }
    : { severity: 'cause', confidence: 'likely' };
}

/** Evidence: the lines of these keys, and of the device; each once. */
export function linesOf(
  vm: VmSetup,
  keys: readonly string[],
  device: PassedDevice | null = null,
): readonly Quote[] {
  const found = [...(device === null ? [] : [device.quote]), ...keys.flatMap((key) => vm.at.get(key) ?? [])];
  return found.filter((quote, index) => found.findIndex(({ line }) => line === quote.line) === index);
}

export function fixOf(
  why: string,
  source: string,
  vm: readonly VmEdit[],
  steps: readonly FixStep[] = [],
): Fix {
  return { why, source, vm, steps };
}

/** Claims of all VMs of the case that are not known to be of another vendor's device; each finding once a VM. */
export function perVm(of: Case, conclude: (vm: VmSetup) => readonly Claim[]): readonly Claim[] {
  return isOtherVendor(of) ? [] : of.vms.flatMap(conclude);
}
