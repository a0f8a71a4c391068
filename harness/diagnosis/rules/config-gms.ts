import { gmsMiB, legalValues } from '../../igpu/gms.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { generationOf } from '../subject/family.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { qemuSince } from '../subject/qemu.ts';
import { hasSymptom, works } from '../subject/trouble.ts';
import * as context from './config-context.ts';

const SOURCE = 'QEMU hw/vfio/igd.c: x-igd-gms, by generation';
const RANGES = '0 to 0x40 or 0xf0 to 0xfe from generation 9 on, 0 to 0x40 for 8, 0 to 0x10 for 6 and 7';

/** `x-igd-gms`: memory that the firmware sets aside for the iGPU. */
export const CONFIG_GMS: Rule = {
  id: 'config-gms',
  findings: ['config.gms-range', 'config.gms-too-small'],
  conclude: (of) => {
    const isSet = of.vms.some(({ devices }) => devices.some(({ properties }) => properties.has('x-igd-gms')));
    return isSet
      ? context.perVm(of, (vm) =>
          vm.devices.flatMap((device) =>
            ofValue(of, device.properties.get('x-igd-gms'), context.linesOf(vm, ['args'], device)),
          ),
        )
      : told(of);
  },
};

/** What a person says of it; who names several values has tried them, and the first is the one in question. */
function told(of: Case): readonly Claim[] {
  const [first] = of.facts.of('gms');
  return first === undefined || isOtherVendor(of) ? [] : ofValue(of, first.value, [first.quote]);
}

function ofValue(of: Case, text: string | undefined, evidence: Claim['evidence']): readonly Claim[] {
  const value = text !== undefined && /^(?:0x[0-9a-f]{1,4}|\d{1,5})$/i.test(text) ? Number(text) : null;
  if (value === null) return [];
  return inRange(value, generationOf(of)) ? tooSmall(of, value, evidence) : [outside(of, value, evidence)];
}

/** Where the generation is not known, what any takes is taken: from 9 on they take the most. */
function inRange(value: number, generation: number | null | undefined): boolean {
  if (generation === null) return false;
  return value === 0 || legalValues(generation ?? 9).includes(value);
}

function outside(of: Case, value: number, evidence: Claim['evidence']): Claim {
  const refused = qemuSince(of, '10.0');
  const unknown = generationOf(of) === null;
  return claim({
    id: 'config.gms-range',
    ...(refused === true ? context.refusal(of) : { severity: 'warning', confidence: 'possible' }),
    title: unknown
      ? 'x-igd-gms is set for an iGPU whose generation QEMU does not know'
      : `x-igd-gms=0x${value.toString(16)} is no size that this iGPU has`,
    detail: `Allowed are ${RANGES}. QEMU from 10.0 on refuses anything else; older ones ignore it.`,
    evidence,
    fix: context.fixOf(
      'Without the option QEMU from 10.0 on keeps the size that the host’s BIOS chose.',
      SOURCE,
      [
        {
          edit: 'device-property',
          name: 'x-igd-gms',
          value: qemuSince(of, '10.0') === false && !unknown ? '0x2' : null,
        },
      ],
    ),
  });
}

function tooSmall(of: Case, value: number, evidence: Claim['evidence']): readonly Claim[] {
  const size = gmsMiB(generationOf(of) ?? 9, value) ?? 0;
  const fails = hasSymptom(of, 'corrupt-picture', 'no-picture', 'code-43') && !works(of);
  const tiny = size < 32 && value > 0;
  if (!tiny && !(fails && value > 0 && size <= 64)) return [];
  const dark =
    hasSymptom(of, 'corrupt-picture', 'no-picture') && (!of.facts.has('outcome', 'works') || darkAtLarge(of));
  const decides = dark && (size < 16 || (size <= 32 && large(of).length > 0));
  // 64 MB is in many a config that works.
  const doubtful = decides ? 'cause' : size === 64 ? 'warning' : 'contributing';
  const misread = value === 0xf0 ? ' It is often taken for 5 GB.' : '';
  return [
    claim({
      id: 'config.gms-too-small',
      severity: fails ? doubtful : works(of) ? 'info' : 'warning',
      confidence: fails && decides ? 'likely' : 'possible',
      title: `x-igd-gms=0x${value.toString(16)} sets ${size} MB aside for the iGPU, which may be too little`,
      detail: `The value counts 32 MB each (0x10 is 512 MB); 0xf0 and above count 4 MB each (0xf0 is 4 MB).${misread} Too little shows as a black or garbled picture. At least what the host’s BIOS has, or 0x6, is advised by those for whom it helped.`,
      evidence: [...evidence, ...(decides ? large(of) : [])],
      fix: context.fixOf('More memory for the picture.', SOURCE, [
        { edit: 'device-property', name: 'x-igd-gms', value: '0x6' },
      ]),
    }),
  ];
}

/** Lines that tell of a picture that 32 MB do not hold: 3840 × 2160 at four bytes a pixel are 33 MB. */
function large({ facts, signals }: Case): Claim['evidence'] {
  const told = facts.quotes('symptom', 'outcome', 'monitor').filter(({ text }) => LARGE.test(text));
  return [...told, ...signals.of('guest-stolen-short').map(({ quote }) => quote)];
}

/** "1080p is fine, 4K garbled": what works does so only on a smaller picture. */
function darkAtLarge({ facts }: Case): boolean {
  return facts.saying('symptom', 'corrupt-picture', 'no-picture').some(({ text }) => LARGE.test(text));
}

const LARGE =
  /\b(?:4k|uhd-1|2160p?|3840|5120|8k|[23] (?:monitors|displays|screens)|(?:two|three|dual|triple) (?:monitors?|displays?|screens?))\b/i;
