import type { Fact } from '../fact.ts';
import type { Part } from '../part.ts';
import { placed, quoteOf, said, type Said } from './reading.ts';

const GMS =
  /\bx-igd-gms\s?(?:=|:|is|to|at|set to|on)?\s?["'`]?(0x[0-9a-f]{1,4}|\d{1,3})\b["'`]?(?! ?(?:m|mb|mib|g|gb)\b)/i;
const TRIED =
  /\b(?:tried|without|removed?|instead|default|also|example|readme|guide|should|allowed|range)\b|^\W{0,4}(?:with|using|at)\b|\?/i;
const OUTPUTS =
  /\b(?:(?:connected )?(?:monitors?|displays?|outputs?|connectors?|screens?)\b[^.;,]{0,24}(?:: ?|\bis |\bare |= ?)(?:none|no|0|zero|nothing|empty|all disconnected|disconnected)\b|(?:no|0|zero|not a single) (?:\w{1,10} )?(?:connectors?|connected (?:monitors?|displays?|outputs?))|xrandr\b[^.;]{0,30}\b(?:empty|nothing|no (?:outputs?|displays?|monitors?|screens?)|can['’]?t open)|all (?:connectors|outputs|ports) (?:are |show |say |report )?disconnected)/i;

/** Words of a VM’s config, and of what a guest lists, inside a sentence. Pure; never throws. */
export function configWordsIn(part: Part): readonly Fact[] {
  return part.lines.flatMap((line) =>
    placed(ofLine(line.text.slice(0, 1_000)), 'person', quoteOf(part, line)),
  );
}

function ofLine(text: string): readonly Said[] {
  const gms = TRIED.test(text) ? undefined : GMS.exec(text)?.[1];
  return [
    ...(gms === undefined ? [] : [said('gms', gms.toLowerCase())]),
    ...(OUTPUTS.test(text) && !/\b(?:host|headless|virtual|fine|ok|expected|normal)\b/i.test(text)
      ? [said('symptom', 'no-picture')]
      : []),
  ];
}
