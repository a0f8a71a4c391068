import type { Symptom } from '../../fact.ts';
import { readStatement } from '../statement.ts';

/** How it goes with what a piece of text is about. */
export interface Verdict {
  readonly outcome: 'works' | 'fails';
  /** Of an earlier time: "was fine on". */
  readonly past: boolean;
}

const WAS_FINE =
  /\b(?:worked|used to (?:work|run|be (?:fine|ok|stable))|ran|(?:was|were|had been|have been) (?:successfully|happily) (?:running|using|working)|(?:was|were|had been) (?:running|using) [^,;]{0,60}?(?:fine|ok|okay|well|stable|smoothly|successfully|happily|without)|(?:was|were|has been|had been) (?:all |always |still )?(?:working|fine|ok|okay|good|stable|great|perfect)|(?:did|do|had) (?:it )?(?:without|not have|no) (?:any )?(?:problems?|issues?)|works? before|funktionierte|lief|ging|klappte|war (?:alles )?(?:ok|gut))\b|之前(?:正常|可以|没问题)|以前(?:正常|可以)|原来(?:正常|可以)/i;
const NEVER = /\b(?:never|not|n't|nie|nicht)\b/i;
const SHOWS =
  /\bhas (?:a )?(?:\/dev\/dri|rend?er|picture|output|display)|\b(?:shows?|gives?|gets?|has|got) (?:a |an |the )?(?:picture|image|display|output|signal|video|desktop)\b|\b(?:gpu|igpu|vgpu|vf|device) (?:is )?(?:detected perfectly|usable|active)\b|\b(?:output|picture|image|signal) on (?:both|all|the|an|my)\b|\b(?:boots?|runs?|is|was) (?:just |perfectly |totally )?(?:fine|ok|okay|good)\b|:\s*(?:picture|display|output|image|ok|fine|good|yes)(?: (?:ok|fine|good))?$|\b(?:fixes|helps|solves) (?:it|this|that)\b|可以亮|能亮|点亮|正常/i;
/** "The VM works" is success enough beside another one that does not; what only reaches or hears it is none. */
const WORKS = /\bworks?\b(?! (?:after|once|until))|\b(?:läuft|funktioniert|geht)\b|能用|可以$/i;
const PART =
  /\b(?:sound|audio|rdp|vnc|novnc|ssh|console|network|remote|usb|nvidia|amd|dgpu|host|install\w*|parsec|looking glass|desktop access)\b/i;
const FAILS =
  /\bno such file|\bcannot access|\bllvmpipe\b|\bsoftware rendering\b|\b(?:not|n't) (?:be )?(?:created|usable|accessible|work|load|start)|\bunknown symbol\b|\bstopped working\b|\bno longer (?:work|start|boot|load|show)|\bregress|\bbroke\b|\b(?:is|are|was|vfs?|v?gpu|igpu|picture|output|device|acceleration) (?:gone|dead|missing)\b|\bdisappear(?:s|ed)?\b|\bhangs?\b|\bcrash(?:es|ed)?\b|\bpanics?\b|没有输出|黑屏|不亮|不行|\bkein (?:bild|signal)\b|\bnicht mehr\b/i;
const ELLIPSIS =
  /^(?:not|nicht) (?:on|with|in|under|mit|unter|auf)\b|\b(?:does|do|did|is|was|will|would|tut|geht)(?: ?n[o']t| nicht)$|\b(?:doesnt|isnt|wont|nicht|not|won't)$/i;
const SAME =
  /\b(?:still|same|too|as well|likewise|either|immer noch|gleich|auch nicht)\b|仍然|还是|依然|一样/i;
/** Complaints beside which the graphics may well work. */
const SLIGHT: ReadonlySet<Symptom> = new Set<Symptom>([
  'no-audio',
  'no-firmware-picture',
  'intermittent',
  'after-update',
]);

/** How it goes by one piece of text; null where it does not say. Pure; never throws. */
export function verdictOf(text: string): Verdict | null {
  if (/\?$/.test(text)) return null;
  if (WAS_FINE.test(text) && !NEVER.test(text)) return { outcome: 'works', past: true };
  const { facts } = readStatement(text);
  const grave = facts.some(
    ({ key, value }) =>
      (key === 'outcome' && value === 'fails') ||
      (key === 'problemCode' && value !== 0) ||
      (key === 'symptom' && !SLIGHT.has(value)),
  );
  if (grave || FAILS.test(text) || ELLIPSIS.test(text)) return { outcome: 'fails', past: false };
  const works =
    facts.some(
      ({ key, value }) => (key === 'outcome' && value === 'works') || (key === 'problemCode' && value === 0),
    ) ||
    SHOWS.test(text) ||
    (WORKS.test(text) && !PART.test(text) && !NEVER.test(text));
  return works && !/\b(?:should|would|could|want|hope|until|to get)\b/i.test(text)
    ? { outcome: 'works', past: false }
    : null;
}

/** It goes on as before, whatever was changed. */
export function saysSame(text: string): boolean {
  return SAME.test(text);
}
