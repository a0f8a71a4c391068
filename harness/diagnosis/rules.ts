import type { Rule } from './rule.ts';
import { comparison } from './rules/comparison.ts';
import { CONFIG_RULES } from './rules/config.ts';
import { deviceClass } from './rules/device-class.ts';
import { dmaFaultsTold } from './rules/dma-faults.ts';
import { hostTold } from './rules/host-told.ts';
import { igdLeftOut } from './rules/igd-left-out.ts';
import { driverReplaced } from './rules/driver-replaced.ts';
import { guestDriver } from './rules/guest-driver.ts';
import { guestPrograms } from './rules/guest-programs.ts';
import { igdLines } from './rules/igd-lines.ts';
import { iommuOff } from './rules/iommu-off.ts';
import { kernelRegression } from './rules/kernel-regression.ts';
import { notSettled } from './rules/not-settled.ts';
import { opregion } from './rules/opregion.ts';
import { otherVendor } from './rules/other-vendor.ts';
import { qemuGeneration } from './rules/qemu-generation.ts';
import { qemuTooOld } from './rules/qemu-too-old.ts';
import { romDigest } from './rules/rom-digest.ts';
import { romFile } from './rules/rom-file.ts';
import { romMissing } from './rules/rom-missing.ts';
import { signatureFindings } from './rules/signature-findings.ts';
import { sriov } from './rules/sriov.ts';
import { symptoms } from './rules/symptoms.ts';
import { vbs } from './rules/vbs.ts';

/** Every rule. The order does not matter: `rank.ts` orders what they find. */
export const RULES: readonly Rule[] = [
  otherVendor,
  signatureFindings,
  ...CONFIG_RULES,
  romMissing,
  romFile,
  romDigest,
  qemuGeneration,
  qemuTooOld,
  sriov,
  guestDriver,
  guestPrograms,
  driverReplaced,
  notSettled,
  vbs,
  comparison,
  dmaFaultsTold,
  hostTold,
  igdLeftOut,
  iommuOff,
  igdLines,
  opregion,
  deviceClass,
  kernelRegression,
  symptoms,
];
