import { sure, type Found } from './found.ts';

const BY = String.raw`(?:windows[- ]?updates?|win ?update|wu|windows itself|microsoft update)`;
const REPLACED = String.raw`(?:replac\w+|overw(?:ro|ri)t\w+|swapp\w+|exchang\w+|updat\w+|upgrad\w+|downgrad\w+|reverted|rolled back|ersetzt|überschrieben|aktualisiert|ausgetauscht)`;
const OTHER = String.raw`(?:(?:new(?:er)?|old(?:er)?|other|different|another|generic|its own|neue\w{0,2}|andere\w{0,2}) )`;
const PUT = String.raw`(?:install\w*|puts?|put in|push\w*|brought|brings|pulled|pulls|loaded|delivered|installiert)`;
const TELLS: readonly RegExp[] = [
  // "Windows Update replaced the driver", "… hat den Treiber ersetzt"
  new RegExp(String.raw`\b${BY}\b.{0,40}\b${REPLACED}\b.{0,40}\b(?:driver|treiber)`, 'i'),
  new RegExp(String.raw`\b${BY}\b.{0,20}\b(?:driver|treiber)\b.{0,20}\b${REPLACED}\b`, 'i'),
  // "the driver was replaced by Windows Update", "driver got updated automatically"
  new RegExp(
    String.raw`\bdriver\b.{0,40}\b${REPLACED}\b.{0,20}\b(?:by|through|via|with) (?:a |the |some )?${BY}\b`,
    'i',
  ),
  /\bdriver (?:was|got|has been|had been) (?:automatically |silently )?(?:replaced|overwritten|updated|upgraded) (?:automatically|silently|by itself|on its own|without asking)\b|\bdriver (?:was|got|has been|had been) (?:automatically|silently) (?:replaced|overwritten|updated|upgraded)\b/i,
  // "Windows Update installed a newer driver", "any newer Intel driver (also when Windows Update puts it in)"
  new RegExp(String.raw`\b${BY}\b.{0,30}\b${PUT}\b.{0,30}\b${OTHER}.{0,30}\bdriver`, 'i'),
  new RegExp(String.raw`\b${OTHER}(?:intel |graphics |gpu )*driver\b.{0,30}\b${BY}\b.{0,12}\b${PUT}\b`, 'i'),
  // Windows' own lists: "Update history: Intel Corporation - Display - 31.0.101.5333", event 400 with what it outranked.
  /\b(?:update history|wu history|reliability (?:monitor|history)|recently installed|installed updates|updateverlauf)\b.{0,60}\bintel\b.{0,30}\b(?:display|graphics|driver|\d{2}\.\d\.\d{3}\.\d{4})/i,
  /\bintel\b.{0,24} - display - \d{2}\.\d{1,2}\.\d{1,4}\.\d{3,5}/i,
  /\boutranked ?drivers?\b.{0,40}\.inf/i,
  // "roll back … next day replaced again"
  /\b(?:roll(?:ed|ing)? ?back|reinstall\w*|downgrad\w+)\b.{0,80}\b(?:replaced|updated|overwritten|reinstalled|back) again\b/i,
];
/** What is prevented, advised, asked or asserted not to be. */
const NOT_SO =
  /\b(?:prevent\w*|stop\w*|keep\w*|block\w*|disabl\w*|exclud\w*|avoid\w*|hid(?:e|den)|paus\w*|not|never|no|without|n't|should|could|may|might|will|would|if|don['’]t|didn['’]t|nicht|kein\w*|verhinder\w*)\b(?! asking)/i;

/** Whether the text tells that the guest's driver was replaced without its owner. */
export function driverReplacedIn(text: string): readonly Found[] {
  const part = TELLS.map((tells) => tells.exec(text)).find((match) => match);
  if (!part || /\?\s*$/.test(text)) return [];
  if (NOT_SO.test(text.slice(0, part.index + part[0].length))) return [];
  return [sure('driverReplaced', true)];
}
