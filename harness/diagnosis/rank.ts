import { CONFIDENCES, SEVERITIES } from '../trace/words.ts';
import { FINDING_IDS, type FindingId } from './finding-id.ts';
import type { Claim } from './finding.ts';

/** What is said first, whatever else is found: it is about the whole set-up. */
const FIRST: readonly FindingId[] = ['device.other-vendor', 'works'];

/** Only signs of a trouble: never first where a cause is known. */
export const SYMPTOMS_ONLY: ReadonlySet<FindingId> = new Set([
  'guest.code43',
  'guest.problem-code',
  'guest.display-enumeration',
  'guest.not-settled',
  'guest.bsod',
  'guest.reset-loop',
  'host.crash',
]);

/**
 * Where a chain of causes begins: what stops a VM from starting comes before what its guest suffers. Of two causes as
 * sure as each other the earlier one is named first.
 */
const CHAIN: readonly FindingId[] = [
  'config.args-quote',
  'host.iommu-off',
  'host.bios-settings',
  'sriov.not-supported',
  'sriov.pf-on-vfio',
  'sriov.no-pf-driver',
  'rom.file-not-found',
  'rom.file-empty',
  'rom.file-too-large',
  'qemu.unknown-generation',
  'qemu.too-old',
  'qemu.legacy-not-for-generation',
  'opregion.missing',
  'config.legacy-conflict',
  'config.legacy-on-q35',
  'guest.hypervisor-hidden',
  'guest.vbs',
  'sriov.no-display',
  'rom.bare-efi',
  'rom.no-efi-image',
  'rom.invalid',
  'rom.incomplete',
  'rom.gop-mismatch',
  'rom.missing',
  'guest.firmware-missing',
];

/** Findings in order of rank. Pure, and the same whatever order they came in. */
export function rank(claims: readonly Claim[]): readonly Claim[] {
  return claims.toSorted((a, b) => compare(key(a), key(b)));
}

function key(claim: Claim): readonly number[] {
  const first = FIRST.indexOf(claim.id);
  const chain = CHAIN.indexOf(claim.id);
  return [
    first < 0 ? FIRST.length : first,
    SEVERITIES.indexOf(claim.severity),
    // What may be wrong is worth more than that nobody knows; what is merely told of is not.
    Number(claim.id !== 'unknown'),
    Number(SYMPTOMS_ONLY.has(claim.id)),
    CONFIDENCES.indexOf(claim.confidence),
    chain < 0 ? CHAIN.length : chain,
    FINDING_IDS.indexOf(claim.id),
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
