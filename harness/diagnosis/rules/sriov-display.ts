import type { Case } from '../case.ts';
import type { Fact, Facts, Symptom } from '../fact.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';

const DARK: ReadonlySet<Symptom> = new Set<Symptom>(['no-picture', 'no-firmware-picture', 'display-wanted']);
/** What makes a picture of its own, or is dark because of something else: it needs no output. */
const NO_OUTPUT =
  /\b(?:rdp|remote desktop|(?:no)?vnc|3389|suspend\w*|resum\w+|wak(?:e|es|ing)|panic\w*|oops|crash\w*|hang\w*|hung|freez\w*|froze|video|videos|playback|plays?)\b|远程|死机|崩溃/i;

/** Somebody expects a monitor to show what a virtual function renders. */
export const sriovDisplay: Rule = {
  id: 'sriov-display',
  findings: ['sriov.no-display'],
  conclude: (of) => {
    const dark = of.facts
      .of('symptom')
      .filter(({ value, quote }) => DARK.has(value) && !NO_OUTPUT.test(quote.text));
    // A host that hangs shows nothing, either.
    const expected = dark.length > 0 && !of.facts.has('symptom', 'host-freezes');
    if (modeOf(of) !== 'vf' || !(expected || of.facts.get('monitor') === true)) return [];
    return [noDisplay(of, expected, dark)];
  },
};

function noDisplay(of: Case, expected: boolean, dark: readonly Fact[]): Claim {
  return claim({
    id: 'sriov.no-display',
    severity: !expected ? 'warning' : isUsed(of, dark) ? 'contributing' : 'cause',
    confidence: 'certain',
    title: 'A virtual function has no display outputs: no monitor can ever show it',
    detail:
      'The outputs of the machine stay with the host’s physical function. A virtual function renders and encodes; its picture reaches you by RDP, Parsec, Sunshine with a virtual display, or Looking Glass.',
    evidence: of.facts.quotes('mode', 'symptom', 'monitor'),
    fix: {
      why: 'For a picture on a monitor give the whole device to one guest instead.',
      vm: [],
      steps: [
        { where: 'guest', text: 'use a remote desktop, or add a virtual display driver' },
        { where: 'vm', text: 'or pass the whole iGPU (0000:00:02.0) to one VM, without virtual functions' },
      ],
      source: 'Intel’s SR-IOV documentation; reports collected by i915-sriov-dkms',
    },
    answers: [...DARK],
    explains: ['rom.missing', 'guest.display-enumeration', 'opregion.missing', 'opregion.not-passed'],
  });
}

/** A picture that comes over the network, or is only wished for. */
const REMOTE = /\b(?:rdp|remote desktop|parsec|moonlight|sunshine|teamviewer|anydesk|rustdesk)\b/i;

/** Nothing else is told to be wrong, and something is told to be right: the virtual function does what one can do. */
function isUsed({ facts }: Case, dark: readonly Fact[]): boolean {
  const right =
    facts.has('outcome', 'works') ||
    facts.has('problemCode', 0) ||
    dark.every(({ value }) => value === 'display-wanted') ||
    facts.all.some(({ quote }) => REMOTE.test(quote.text));
  return right && onlyDark(facts, dark);
}

function onlyDark(facts: Facts, dark: readonly Fact[]): boolean {
  const lines = new Set(dark.map(({ quote }) => `${quote.input}\n${quote.line}`));
  const troubles = [
    ...facts.of('symptom').filter(({ value }) => !DARK.has(value)),
    ...facts.of('outcome').filter(({ value }) => value === 'fails'),
    ...facts.of('problemCode').filter(({ value }) => value !== 0),
  ];
  return troubles.every(({ quote }) => lines.has(`${quote.input}\n${quote.line}`));
}
