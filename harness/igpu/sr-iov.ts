import type { FamilyCode } from './families.ts';

/** Whether a family can share its iGPU among guests, and with which kernels. */
export interface Sharing {
  /** `both`: reported to work and not to work. `unknown`: too new to say. */
  readonly sriov: 'yes' | 'no' | 'both' | 'unknown';
  /** Drivers that make virtual functions, where that is known. */
  readonly sriovDrivers: string;
  /** Null: no GVT-g. Else the first mainline kernel with it; 5.x and 6.x removed it from no family listed. */
  readonly gvtgFrom: string | null;
}

const DKMS = 'i915-sriov-dkms (i915 or xe)';

/**
 * SR-IOV: what reports and the README of strongtz/i915-sriov-dkms say (i915 there for all of generation 12 and Core
 * Ultra, xe from Tiger Lake to Raptor Lake), and mainline's xe_pci.c (Panther Lake). Tiger Lake and Rocket Lake: issue 8
 * there has it both ways.
 */
const SRIOV: Partial<Record<FamilyCode, readonly [Sharing['sriov'], string]>> = {
  TGL: ['both', DKMS],
  RKL: ['both', DKMS],
  'ADL-S': ['yes', DKMS],
  'ADL-P': ['yes', DKMS],
  'ADL-N': ['yes', DKMS],
  'RPL-S': ['yes', DKMS],
  'RPL-P': ['yes', DKMS],
  'RPL-U': ['yes', DKMS],
  MTL: ['yes', 'i915-sriov-dkms (i915)'],
  ARL: ['yes', 'i915-sriov-dkms (i915)'],
  LNL: ['unknown', ''],
  PTL: ['yes', 'mainline xe'],
  WCL: ['unknown', ''],
  'NVL-S': ['unknown', ''],
};

/**
 * GVT-g: i915's intel_gvt.c. KVMGT came with 4.10; all of Kaby Lake by a commit of July 2017 (4.14). The kernels of
 * the last three are from memory. The kernel counts Whiskey and Amber Lake as Coffee or Kaby Lake.
 */
const GVTG: Partial<Record<FamilyCode, string>> = {
  BDW: '4.10',
  SKL: '4.10',
  KBL: '4.14',
  AML: '5.2',
  BXT: '4.19',
  CFL: '5.2',
  WHL: '5.2',
  CML: '5.9',
};

export function sharingOf(code: FamilyCode): Sharing {
  const [sriov, sriovDrivers] = SRIOV[code] ?? ['no', ''];
  return { sriov, sriovDrivers, gvtgFrom: GVTG[code] ?? null };
}

/** What no virtual function has, whatever the family: a monitor on the host's connectors stays dark. */
export const VF_LACKS = ['a display engine', 'the OpRegion', 'stolen memory of its own'] as const;
