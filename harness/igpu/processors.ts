import { familyOfCode, type FamilyCode, type IgpuFamily } from './families.ts';
import { plainName, processorNumber } from './processor-number.ts';
import { CODENAME_RULES, NO_GRAPHICS, PROCESSOR_RULES } from './processor-rules.ts';

/** What a processor's name says of its iGPU. */
export interface ProcessorFamily {
  /** The likeliest. */
  readonly family: IgpuFamily;
  /** All that the name leaves open, the likeliest first. */
  readonly candidates: readonly IgpuFamily[];
  /** Whether there is only one. */
  readonly certain: boolean;
  /** The part is sold without an iGPU (F, KF, X, most Xeons): `family` then only dates it. */
  readonly noGraphics: boolean;
}

const NOT_INTEL = /^amd\b|\b(?:ryzen|epyc|athlon|threadripper|opteron|phenom)\b/;
/** CPU models of QEMU, such as `Skylake-Client-v4` in a VM config: they say nothing of the host. */
const EMULATED = /(?:bridge|well|lake|rapids)-(?:client|server|notsx|ibrs|v\d)/;

/**
 * The iGPU family of an Intel processor, by its name as a machine or a person writes it, or by its codename or
 * generation where that is all there is. Null: another vendor's, or not known here.
 */
export function familyOfProcessor(text: string): ProcessorFamily | null {
  const plain = plainName(text);
  if (NOT_INTEL.test(plain) || EMULATED.test(plain)) return null;
  const number = processorNumber(plain);
  const codes = (number === null ? null : byNumber(number)) ?? byCodename(plain);
  const [first] = codes;
  if (first === undefined) return null;
  return {
    family: familyOfCode(first),
    candidates: codes.map(familyOfCode),
    certain: codes.length === 1,
    noGraphics: number !== null && NO_GRAPHICS.some((rule) => rule.test(number)),
  };
}

function byNumber(number: string): readonly FamilyCode[] | null {
  const rule = PROCESSOR_RULES.find(([pattern]) => pattern.test(number));
  return rule === undefined ? null : codesOf(rule);
}

function byCodename(plain: string): readonly FamilyCode[] {
  // Server parts share names and generations with client parts and have no graphics.
  if (/\bxeon\b/.test(plain)) return [];
  const joined = plain.replaceAll(/[ -]/g, '');
  const rule = CODENAME_RULES.find(([pattern]) => pattern.test(joined));
  return rule === undefined ? [] : codesOf(rule);
}

function codesOf([, ...codes]: readonly [RegExp, ...FamilyCode[]]): readonly FamilyCode[] {
  return codes;
}
