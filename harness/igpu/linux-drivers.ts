import type { FamilyCode } from './families.ts';

/** From which Linux on a driver takes a device by itself, without `force_probe`. */
export interface LinuxDriver {
  readonly driver: 'i915' | 'xe';
  /** First mainline release, `6.9`; null: none so far. */
  readonly from: string | null;
  /** Read in the history of the source; else from memory. */
  readonly verified: boolean;
}

type Row = readonly [driver: 'i915' | 'xe', from: string | null, verified: boolean];

/**
 * By family. Verified ones: the commits that add the ids to `i915_pciids.h`, or that remove alpha_support and
 * require_force_probe from `i915_pci.c`, by the first release that holds them (history of freebsd/drm-kmod, which
 * takes over each commit in the order of Linux' releases, up to 6.11); Panther Lake by reports of 6.17. Which families
 * xe takes by itself: `xe_pci.c` of 7.1. Mainline’s i915 drives no virtual function.
 */
const FAMILIES: Readonly<Record<FamilyCode, Row>> = {
  SNB: ['i915', '2.6.38', false],
  IVB: ['i915', '3.2', false],
  HSW: ['i915', '3.8', false],
  BYT: ['i915', '3.10', false],
  BDW: ['i915', '3.15', false],
  CHV: ['i915', '4.1', false],
  SKL: ['i915', '4.3', false],
  BXT: ['i915', '4.9', false],
  KBL: ['i915', '4.9', false],
  GLK: ['i915', '4.15', false],
  CFL: ['i915', '4.15', false],
  WHL: ['i915', '4.16', false],
  AML: ['i915', '5.0', true],
  CML: ['i915', '5.2', true],
  ICL: ['i915', '5.2', true],
  TGL: ['i915', '5.7', true],
  RKL: ['i915', '5.13', true],
  EHL: ['i915', '5.15', true],
  JSL: ['i915', '5.15', true],
  'ADL-S': ['i915', '5.16', true],
  'ADL-P': ['i915', '5.17', true],
  'ADL-N': ['i915', '5.18', true],
  'RPL-S': ['i915', '5.17', true],
  'RPL-P': ['i915', '5.19', true],
  'RPL-U': ['i915', '5.19', true],
  MTL: ['i915', '6.7', true],
  ARL: ['i915', '6.7', true],
  LNL: ['xe', '6.12', false],
  PTL: ['xe', '6.17', true],
  WCL: ['xe', '6.18', false],
  'NVL-S': ['xe', null, true],
};

/** Ids that came later than their family. */
const LATER: readonly (readonly [from: string, ids: string, verified: boolean])[] = [
  ['6.1', '468b', true],
  ['5.19', 'a78a a78b', true],
  ['6.4', '4570', true],
  ['6.7', 'a7aa a7ab a7ac a7ad', true],
  ['6.9', '46d3 46d4', true],
  ['6.9', '7d41 7d51 7dd1', true],
  ['6.12', 'b640', false],
];

/**
 * @param device the last four digits of its PCI id, where they are known
 */
export function linuxDriver(code: FamilyCode, device: string | null = null): LinuxDriver {
  const [driver, from, verified] = FAMILIES[code];
  const later = device === null ? undefined : LATER.find(([, ids]) => ids.split(' ').includes(device));
  return later === undefined ? { driver, from, verified } : { driver, from: later[0], verified: later[2] };
}

/** Processors that are newer than the family they are counted to: Twin Lake (46d3, 46d4) is an Alder Lake-N. */
const TWIN_LAKE = /\bn(?:150|250|350|355)\b/i;

/** The four digits that a processor's name leaves no doubt about; null mostly. */
export function deviceOfProcessor(cpu: string): string | null {
  return TWIN_LAKE.test(cpu) ? '46d4' : null;
}

/** Distributions that take drivers over from newer kernels than their version says. */
const BACKPORTED = /\.el\d|\.(?:oe|lp|fc)\d|-default\b|-oem\b|sriov|synology|-intel\b|chromeos/i;

/** Whether a Linux, by what `uname -r` says, takes the device by itself; null: it cannot be told. */
export function kernelTakes(release: string, { from }: LinuxDriver): boolean | null {
  const kernel = /^(\d{1,2})\.(\d{1,3})/.exec(release);
  if (kernel === null) return null;
  if (from === null) return null;
  const [major = 0, minor = 0] = from.split('.').map(Number);
  const has = [Number(kernel[1]), Number(kernel[2])];
  const older = (has[0] ?? 0) < major || ((has[0] ?? 0) === major && (has[1] ?? 0) < minor);
  return older ? (BACKPORTED.test(release) ? null : false) : true;
}
