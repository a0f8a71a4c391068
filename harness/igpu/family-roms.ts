import type { FamilyCode } from './families.ts';

const LONGQT = 'intel-igpu-passthru/v0.1';
const INTEL6 = 'intel6-14rom/v2.0-20250622-100999';

/** ROMs of two public projects by the families that they name, best match first; the files stand in `roms/`. */
const ROMS: Partial<Record<FamilyCode, readonly [longqt: string, intel6: string]>> = {
  SNB: ['SNB_GOPv2_igd', ''],
  IVB: ['IVB_GOPv3_igd', ''],
  HSW: ['HSW_BDW_GOPv5_igd', 'pc-4-5-q10'],
  BYT: ['', 'N2930-q10'],
  BDW: ['HSW_BDW_GOPv5_igd', 'pc-4-5-q10'],
  SKL: ['SKL_CML_GOPv9_igd', 'pc-6-7-8-9-q10'],
  BXT: ['', 'N3350-q10'],
  GLK: ['GLK_GOPv13_igd', 'j4125-q10'],
  KBL: ['SKL_CML_GOPv9_igd', 'pc-6-7-8-9-q10'],
  CFL: ['CFL_CML_GOPv9.1_igd SKL_CML_GOPv9_igd', 'pc-6-7-8-9-q10'],
  WHL: ['CFL_CML_GOPv9.1_igd SKL_CML_GOPv9_igd', ''],
  CML: ['CFL_CML_GOPv9.1_igd SKL_CML_GOPv9_igd', 'pc-10-q10'],
  ICL: ['ICL_GOPv14_igd', ''],
  EHL: ['', '11-J6412-q10'],
  JSL: ['JSL_GOPv18_igd', '11-n5095-q10'],
  TGL: ['RKL_TGL_ADL_RPL_GOPv17.1_igd RKL_TGL_ADL_RPL_GOPv17_igd', 'nb-11-11700h-q10 nb-11-1185G7E-q10'],
  RKL: ['RKL_TGL_ADL_RPL_GOPv17.1_igd RKL_TGL_ADL_RPL_GOPv17_igd', 'pc-11-q10'],
  'ADL-S': ['RKL_TGL_ADL_RPL_GOPv17.1_igd RKL_TGL_ADL_RPL_GOPv17_igd', 'pc-12-13-14-q10'],
  'ADL-P': ['ADL-H_RPL-H_GOPv21_igd RKL_TGL_ADL_RPL_GOPv17.1_igd', 'nb-12-12700h-q10 12-1240p-q10'],
  'ADL-N': ['ADL-N_TWL_GOPv21_igd', '12-n100-q10'],
  'RPL-S': ['RKL_TGL_ADL_RPL_GOPv17.1_igd RKL_TGL_ADL_RPL_GOPv17_igd', 'pc-12-13-14-q10'],
  'RPL-P': ['ADL-H_RPL-H_GOPv21_igd RKL_TGL_ADL_RPL_GOPv17.1_igd', 'nb-13-13700h-q10'],
  'RPL-U': ['ADL-H_RPL-H_GOPv21_igd RKL_TGL_ADL_RPL_GOPv17.1_igd', ''],
  MTL: ['ARL_MTL_GOPv22_igd', ''],
  ARL: ['ARL_MTL_GOPv22_igd', ''],
  LNL: ['LNL_GOPv2X_igd', ''],
};

/** A ROM without a GOP driver: no picture before the guest's own driver starts. The project says: all iGPUs. */
export const ROM_WITHOUT_GOP = `${LONGQT}/Universal_noGOP_igd`;

/** References as `code43 rom list` prints them; empty where neither project has one for the family. */
export function romsOfFamily(code: FamilyCode): readonly string[] {
  const [longqt, intel6] = ROMS[code] ?? ['', ''];
  return [...refs(LONGQT, longqt), ...refs(INTEL6, intel6)];
}

function refs(release: string, names: string): readonly string[] {
  return names === '' ? [] : names.split(' ').map((name) => `${release}/${name}`);
}
