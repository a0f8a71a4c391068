import type { Fact } from '../fact.ts';
import type { Part } from '../part.ts';

/** Whose graphics a text speaks of. Processor names say nothing here: an Intel processor may carry any card. */
const NAMES: readonly (readonly [vendor: Vendor, pattern: RegExp])[] = [
  [
    'nvidia',
    /\b(?:nvidia|geforce|quadro|tesla [a-z]?\d|[gr]tx ?(?:a?\d{3,4})|nouveau|nvlddmkm|10de:[0-9a-f]{4})\b/i,
  ],
  [
    'amd',
    /\b(?:amdgpu|radeon|amdgopdriver|vendor-reset|amd_(?:navi|vega|polaris)\d*|atom bios|rx ?\d{3,4}0?(?: ?xt)?|vega ?\d{1,2}|amd (?:i?gpu|apu|ryzen|\d{4}[a-z]{0,2})|\(amd\b|authenticamd|um[78]90|raphael|renoir|cezanne|rembrandt|phoenix1?|barcelo|ryzen|amd\/ati|1002:[0-9a-f]{4})\b/i,
  ],
  [
    'intel-card',
    /\b(?:arc (?:a3[158]0|a[57][58]0|b5[78]0|pro)|a380|a770|b580|dg[12]|battlemage|alchemist|8086:(?:56[0-9a-f]{2}|490[5-9]|e2[0-9a-f]{2}))\b/i,
  ],
  ['igpu', /\b(?:igpu|integrated graphics|onboard graphics)\b/i],
  [
    'intel',
    /\b(?:intel i?gpu|igd|uhd(?: graphics)?(?: \d{3})?|hd graphics|iris|quick ?sync|gvt-?[gd]|i915|xe driver|(?:0000:)?00:02\.?[0-7]?|i915ovmf)\b/i,
  ],
];

export type Vendor = 'igpu' | 'intel' | 'intel-card' | 'amd' | 'nvidia';

/** The graphics that a part names, each vendor once. In: any part with lines. */
export function graphicsNamed({ lines, input, kind }: Part): readonly Fact[] {
  const by = kind === 'facts' ? 'person' : 'machine';
  return NAMES.flatMap(([vendor, pattern]) => {
    const line = lines.find(({ text }) => pattern.test(withoutParameters(text.slice(0, 500))));
    return line === undefined
      ? []
      : [{ key: 'graphics', value: vendor, by, quote: { input, line: line.n, text: line.text } } as const];
  });
}

/** "I don't have any iGPU": it is named, and not there. */
const NOT_THERE =
  /\b(?:no|without(?: an?y?)?|lacks?(?: an?y?)?|(?:do(?:es)?(?: not|n['’]?t)|has(?: not|n['’]?t)|have(?: not|n['’]?t)) (?:have |got |come with )?(?:an?y? )?|kein\w{0,2}|ohne) ?(?:intel )?(?:igpu|igd|integrated graphics|onboard graphics)\b(?! ?(?:driver|picture|output|in\b|passthrough|on\b))/gi;

/** "nvidia-drm.modeset=1" and "blacklist nouveau" are settings for whatever card there may be; so is a CPU’s vendor that a VM is told. */
function withoutParameters(text: string): string {
  return text
    .replace(NOT_THERE, ' ')
    .replace(
      /\b(?:nvidia|nouveau|amdgpu|radeon)[\w-]{0,12}\.\w{1,30}=\S{1,60}|\b(?:modprobe\.blacklist|module_blacklist|blacklist)[= ]\S{1,80}|\b(?:hv[_-])?vendor(?:[_-]id)?=\S{1,20}|<vendor(?:_id)?\b.{1,60}/gi,
      ' ',
    );
}
