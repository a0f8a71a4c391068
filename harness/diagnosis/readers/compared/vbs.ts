import type { Line } from './trials.ts';
import { piecesOf } from './pieces.ts';
import { saysSame, verdictOf } from './verdict.ts';

const VBS =
  /\b(?:wsl ?2?|hyper-?v(?! ?(?:enlight|flags?|vendor|timers?|clock|synic|options?|settings?|host))|windows hello|vbs|hvci|memory integrity|core isolation|virtuali[sz]ation[- ]based security|credential guard|device guard|docker desktop|windows sandbox)\b|内核隔离|内存完整性/i;
const ON =
  /\b(?:install(?:ed|ing)|enabl(?:ed|ing)|turn(?:ed|ing) on|activat(?:ed|ing)|add(?:ed|ing)|set(?:ting)? up|switch(?:ed|ing) on|(?:since|after|when|once|until|as soon as|if) (?:i|we|you) (?:install|enable|turn on|activate|set up)|aktiviert?e?|installiert?e?|eingeschaltet)\b|启用|开启|安装|打开/i;
const OFF =
  /\b(?:disabl\w*|remov\w*|uninstall\w*|turn\w* off|off|without|no|not|never|isn'?t|deaktivier\w*|ohne|kein\w*|nicht)\b|关闭|卸载|禁用|没有|未/i;
const WITHOUT = new RegExp(String.raw`\b(?:without|with no|ohne) (?:[\w-]+ ){0,2}?(?:${VBS.source})`, 'i');
/** It is told as something that was done, not as how it is: "since I enabled it", "enabled WSL: Code 43". */
const DONE =
  /\b(?:since|after|when|once|until|as soon as|seit|seitdem|nach|nachdem|sobald)\b|后|之后|^(?:(?:i|we|then|just|have|had) ){0,3}(?:install|enabl|turn|activat|add|switch|set)\w*/i;
const SETTLED = /\b(?:disabled|removed|uninstalled|turned off|now|fixed|solved)\b/i;
const UNTIL = /\b(?:until|till|bis)\b/i;

/** Whether a line says that it fails with Hyper-V or what brings it, and not without. */
export function blamesVbs({ text }: Line): boolean {
  if (!VBS.test(text) || saysSame(text) || text.includes('?') || /\bhosts?\b/i.test(text)) return false;
  const pieces = piecesOf(text);
  const verdicts = pieces
    .map((piece) => verdictOf(piece.text.replace(WITHOUT, ' ')))
    .filter((verdict) => verdict !== null);
  const fails = verdicts.some(({ outcome }) => outcome === 'fails');
  const works = verdicts.some(({ outcome }) => outcome === 'works');
  const on = pieces.findIndex(
    (piece) =>
      ON.test(piece.text) &&
      !OFF.test(piece.text.replace(/\bno (?:longer|more|output|picture|signal)\b/gi, '')),
  );
  if (on >= 0 && (DONE.test(text) || works) && (fails || (works && UNTIL.test(text)))) return true;
  return OFF.test(text) && works && !fails && !SETTLED.test(text);
}
