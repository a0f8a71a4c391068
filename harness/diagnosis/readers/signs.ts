import type { Fact } from '../fact.ts';
import { familiesByGraphicsName } from '../../igpu/graphics-names.ts';
import type { Part } from '../part.ts';
import { plainLine } from './facts/plain-line.ts';
import { placed, quoteOf, said, type Said } from './reading.ts';
import { HOST_SIGNS } from './signs/host.ts';
import { moduleKernels } from './signs/module-kernels.ts';
import { moduleReleases } from './signs/module-releases.ts';
import type { SignRow } from './signs/row.ts';
import { SRIOV_SIGNS } from './signs/sriov.ts';
import { VM_SIGNS } from './signs/vm.ts';
import { translate } from './statement/translate.ts';

const ROWS: readonly SignRow[] = [...SRIOV_SIGNS, ...VM_SIGNS, ...HOST_SIGNS];
const MAX_LINES = 400;
/** A path or a command, whose answer stands in the next line. */
const ASKS = /(?:\bsriov_\w{1,12}|:)$/;
const OF_VFS = /\b(?:vfs?\d?|vgpus?|sr-?iov|virtual functions?|00:02\.[1-7])\b|虚拟核显/i;

/**
 * What people tell in passing that points to a cause: "All Functions ticked", "I lose the network as soon as it
 * starts", "dkms status: added". The grammar of success and failure does not know such things. Pure; never throws.
 */
export function signsIn(part: Part): readonly Fact[] {
  const lines = part.lines.slice(0, MAX_LINES);
  const texts = lines.map(({ text }) => plainLine(text));
  const whole = { vfs: texts.some((text) => OF_VFS.test(text)), all: texts.join('\n') };
  const told = lines.flatMap((line, at) => {
    const text = texts[at] ?? '';
    const asked = ASKS.test(text) ? `${text} ${texts[at + 1] ?? ''}` : text;
    return placed([...signsOf(asked, whole), ...graphicsName(text)], 'person', quoteOf(part, line));
  });
  return [...told, ...moduleReleases({ ...part, lines }), ...moduleKernels({ ...part, lines })];
}

/** What the graphics are called, but for those of another machine or of a card beside. */
function graphicsName(text: string): readonly Said[] {
  if (familiesByGraphicsName(text).length === 0) return [];
  return /\b(?:other|another|second|friend|also (?:a|an|have))\b|\b(?:nvidia|radeon|amd)\b/i.test(text)
    ? []
    : [said('codename', text)];
}

function signsOf(text: string, whole: { readonly vfs: boolean; readonly all: string }): readonly Said[] {
  const lower = text.toLowerCase();
  const readings = [...new Set([lower, translate(lower).replace(/\s+/g, ' ')])];
  return ROWS.filter(
    ({ when, unless, vfs }) =>
      (vfs !== true || whole.vfs) &&
      readings.some((one) => when.every((pattern) => pattern.test(one)) && unless?.test(one) !== true),
  ).flatMap(({ says }) => (typeof says === 'function' ? says(lower, whole.all) : says));
}
