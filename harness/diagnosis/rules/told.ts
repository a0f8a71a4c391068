import type { Rule } from '../rule.ts';
import { comparison } from './comparison.ts';
import { dmaFaultsTold } from './dma-faults.ts';
import { hostTold } from './host-told.ts';
import { igdLeftOut } from './igd-left-out.ts';
import { iommuNotApplied } from './iommu-not-applied.ts';
import { iommuOff } from './iommu-off.ts';

/** Rules about what people tell of the host and of their trials. */
export const TOLD_RULES: readonly Rule[] = [
  comparison,
  dmaFaultsTold,
  hostTold,
  igdLeftOut,
  iommuOff,
  iommuNotApplied,
];
