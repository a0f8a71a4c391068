import type { Examples } from './of-signature.ts';

/** Lines for the tests of `DMA_FAULTS`. */
export const DMA_FAULTS_EXAMPLES: Examples = {
  'dmar-fault': {
    matches: [
      'DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x2c000000 [fault reason 0x06] PTE Read access is not set',
      'DMAR: [DMA Write NO_PASID] Request device [0x00:0x02.0] fault addr 0x9a000000 [fault reason 0x05] PTE Write access is not set',
      'DMAR: [DMA Read] Request device [00:02.0] PASID ffffffff fault addr 2c000000 [fault reason 06] PTE Read access is not set',
      'DMAR:[DMA Read] Request device [00:02.0] fault addr 2c000000 ',
    ],
    not: ['DMAR: [INTR-REMAP] Request device [f0:1f.0] fault index 0x0 [fault reason 0x25] Blocked'],
  },
  'dmar-status': {
    matches: ['DMAR: DRHD: handling fault status reg 3'],
    not: ['DMAR: DRHD base: 0x000000fed90000 flags: 0x0'],
  },
  'dmar-rate': {
    matches: ['dmar_fault: 893 callbacks suppressed'],
    not: ['audit: 893 callbacks suppressed'],
  },
  'dmar-ite': {
    matches: ['DMAR: VT-d detected Invalidation Time-out Error: SID 10'],
    not: ['DMAR: DRHD: handling fault status reg 40'],
  },
};
