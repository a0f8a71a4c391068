import type { Compared } from '../../fact.ts';
import { piecesOf } from './pieces.ts';
import { guestsIn } from './guests.ts';
import type { Line } from './trials.ts';
import { saysSame, verdictOf } from './verdict.ts';

/** An update that is told of. */
export interface Update {
  /** What was updated; null: not said. */
  readonly kind: Compared | 'pve' | null;
  /** The line itself says that it fails since then. */
  readonly broke: boolean;
  readonly line: Line;
}

const UPDATE =
  /\b(?:(?:auto-?|treiber-?|kernel-?|system-?)?updat(?:e[ds]?|ing)(?!-)|upgrad(?:e[ds]?|ing)|(?:dist|full)-upgrade|ge?updatet|upgedatet|aktualisier\w*|mise à jour|actualiz\w+)\b|обновл\p{L}+|更新(?!的)|升级|升級|アップデート|업데이트/iu;
/** A release that is put in: an update only where it ran before. */
const PUT_IN =
  /\b(?:(?:re)?install(?:ed|ing)|switch(?:ed|ing) (?:over )?to|mov(?:ed|ing) to|chang(?:ed|ing) to|(?:went|going) to|now (?:on|running)) (?=[\w ./()-]{0,30}(?<![\d.])(?:\d{1,2}\.\d|20\d\d\.\d\d))/i;
const SINCE =
  /\b(?:since|after|following|until|till|seit|seitdem|nach|nachdem|bis|après|depuis|desde|después)\b|после|自从|自從/i;
const AFTER_IT = /^.{0,24}(?:之后|以后|后|後)/;
const UNTIL = /\b(?:until|till|bis)\b/i;
const NOW =
  /\bnow\b|\b(?:ever )?since(?: then)?\b|\bseitdem\b|\bjetzt\b|\bnun\b|\bno longer\b|\bstopped\b|\bbroke\b|\bbroken?\b|现在|就/i;
const OFF_TOPIC =
  /\b(?:bios|uefi|microcode|ucode|firmware|update-\w+|no update|not updat\w*|without updat\w*|initramfs|grub)\b/i;
const NOT_DONE =
  /\b(?:should|could|would|will|want|plan\w*|need|try|tried|must|didn'?t|haven'?t|not|never|nicht)\b/i;

const OF_GUEST =
  /\b(?:guest|vm)(?:'s)?(?: os| system)? (?:auto-?)?(?:up[dg]|aktual)|\b(?:in|of|inside) (?:the |my )?(?:guest|vm)\b|\b2\dh2\b/i;
/** What follows an update and is not what was updated: "after an update Windows shows nothing". */
const AFTERWARDS = /(?<=updated?|upgraded?) (?!of |to |from |the )\S.*/i;

/** The update that a line tells of; null where it tells of none. Pure. */
export function updateIn(line: Line): Update | null {
  const pieces = piecesOf(line.text);
  const updates = pieces.some(({ text }) => UPDATE.test(text));
  const told = updates ? UPDATE : PUT_IN;
  const piece = pieces.find(({ text }) => told.test(text))?.text;
  const match = piece === undefined ? null : told.exec(piece);
  if (piece === undefined || match === null || /\?\s*$/.test(line.text)) return null;
  const before = piece.slice(0, match.index);
  const after = piece.slice(match.index + match[0].length);
  const about = `${before.slice(-32)}${match[0]} ${(after.split(':')[0] ?? '').slice(0, 48)}`;
  if (OFF_TOPIC.test(`${before}${about}`) || NOT_DONE.test(before)) return null;
  const verdicts = pieces.map(({ text }) => verdictOf(text)).filter((verdict) => verdict !== null);
  const fails = verdicts.some(({ outcome }) => outcome === 'fails');
  const fine = verdicts.some(({ outcome, past }) => outcome === 'works' && !past);
  const until = UNTIL.test(before) && verdicts.some(({ past }) => past);
  const since =
    SINCE.test(before) ||
    /\b(?:broke|stopped working)\b/i.test(before) ||
    AFTER_IT.test(after) ||
    NOW.test(line.text.slice(line.text.indexOf(match[0])));
  if (saysSame(line.text) || (fine && !fails)) return null;
  return {
    kind: updated(about.replace(AFTERWARDS, '')),
    broke: updates && (until || (since && fails && !fine)),
    line,
  };
}

function updated(about: string): Update['kind'] {
  const guest = OF_GUEST.test(about);
  if (/\bkernel|内核|\d-pve\b/i.test(about))
    return guest || /虚拟机/.test(about) ? 'guest-kernel' : 'host-kernel';
  if (/\bdkms\b|\bi915-sriov|(?<![\w.])20\d\d\.\d\d\.\d\d\b/i.test(about))
    return guest ? 'guest-driver' : 'host-driver';
  if (/\bdrivers?\b|驱动|驅動|\btreiber|\b\d{1,2}\.\d{1,2}\.\d{1,3}\.\d{3,5}\b/i.test(about))
    return 'guest-driver';
  if (/\b(?:pve-)?qemu\b/i.test(about)) return 'qemu';
  if (/\b(?:proxmox|pve|pve-manager|unraid)\b/i.test(about)) return 'pve';
  return /\b(?:guest|vm)\b|\b2\dh2\b/i.test(about) || guestsIn(about).length > 0 ? 'guest-kernel' : null;
}
