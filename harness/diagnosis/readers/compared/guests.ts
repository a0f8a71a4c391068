import { guestNamed } from '../facts/guest-named.ts';
import type { Value } from './version.ts';

/** Names of guests, each with what it is called. What stands for all of a family is told apart by `GENERIC`. */
const NAMES: readonly (readonly [name: string, pattern: string])[] = [
  ['windows', String.raw`windows(?: server)?|win(?=1[01]\b|7\b|8\b| 1[01]\b)|w(?=1[01]\b)`],
  ['ubuntu', '[kxl]?ubuntu'],
  ['debian', 'debian'],
  ['fedora', 'fedora'],
  ['arch', 'arch(?: ?linux)?'],
  ['haos', 'haos|home assistant(?: os)?|hassos'],
  ['talos', 'talos(?: linux)?'],
  ['mint', '(?:linux )?mint'],
  ['manjaro', 'manjaro'],
  ['nixos', 'nixos'],
  ['dsm', 'dsm|synology|xpenology|群晖|黑群晖'],
  ['libreelec', 'libreelec|coreelec'],
  ['truenas', 'truenas(?: scale)?'],
  ['opensuse', 'opensuse|suse'],
  ['rocky', 'rocky(?: linux)?|alma(?:linux)?|centos|rhel'],
  ['kde-neon', 'kde neon|neon'],
  ['pop', 'pop!?_?os'],
  ['bazzite', 'bazzite|steamos|chimeraos|batocera|cachyos'],
  ['macos', 'mac ?os(?: x)?|os x|hackintosh|sonoma|ventura|sequoia|tahoe|monterey|big sur|catalina'],
  ['bsd', 'freebsd|opnsense|pfsense'],
  ['android', 'android(?:-x86)?|bliss ?os'],
  ['linux', 'linux'],
];
type Pattern = readonly [name: string, pattern: RegExp];

/** Their sets of letters take long to make, and a log alone needs none of them. */
let patterns: readonly Pattern[] | null = null;

function patternOf([name, pattern]: (typeof NAMES)[number]): Pattern {
  const version = String.raw`(?:[: ]{0,2}(?:v|lts )?(\d{1,4}(?:\.\d{1,3}){0,3}|2[0-9]h[12]))?`;
  return [
    name,
    new RegExp(String.raw`(?<![\p{L}\p{N}_/.-])(?:${pattern})(?![\p{L}_/]|-\p{L})${version}`, 'giu'),
  ];
}

const OWN_NAME = /^(?:(?:the|my) )?([\p{L}][\p{L}\d._+-]{2,30}) (?=(?:vm|guest) ?:)/iu;
const OWN_KIND: ReadonlySet<string> = new Set(['windows', 'macos', 'bsd']);

export interface NamedGuest {
  readonly value: Value;
  readonly at: number;
  readonly end: number;
}

/** Systems that a piece of text names, in order; "linux" beside a name of its own is not one more. */
export function guestsIn(text: string): readonly NamedGuest[] {
  patterns ??= NAMES.map(patternOf);
  const found = patterns
    .flatMap(([name, pattern]) =>
      [...text.matchAll(pattern)].map((match) => ({
        value: { name, version: match[1] ?? null },
        at: match.index,
        end: match.index + match[0].length,
      })),
    )
    .toSorted((a, b) => a.at - b.at);
  // "thinstation VM: …": a guest by a name of its own.
  const own = found.length === 0 ? OWN_NAME.exec(text) : null;
  if (own?.[1] !== undefined && guestNamed(text) !== null)
    return [{ value: { name: own[1].toLowerCase(), version: null }, at: 0, end: own[0].length }];
  const named = found.filter(({ value }) => value.name !== 'linux');
  return found.filter(
    ({ value }) => value.name !== 'linux' || named.every((other) => OWN_KIND.has(other.value.name)),
  );
}

/** Whether two names may be the same guest: "Linux" may be any Linux. */
export function mayBeSameGuest(a: Value, b: Value): boolean {
  if (a.name === b.name) return true;
  return (a.name === 'linux' && !OWN_KIND.has(b.name)) || (b.name === 'linux' && !OWN_KIND.has(a.name));
}
