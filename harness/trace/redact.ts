import { inBase64 } from './redact/base64.ts';
import { givenNames } from './redact/given-names.ts';
import type { Kind } from './redact/kind.ts';
import { KINDS } from './redact/kinds.ts';
import { IN_CONFIG } from './redact/kinds/people.ts';
import { SECRETS } from './redact/kinds/secrets.ts';
import { KnownWords, standsOut } from './redact/known-words.ts';
import { type Tally, Pseudonyms } from './redact/pseudonyms.ts';
import { redactData } from './redact/redact-data.ts';
import { inEverySpelling } from './redact/spellings.ts';

/**
 * Takes identities out of texts. What one is, `redact/kinds/` lists; the names that it is given are some, too. They are
 * found in plain text, behind escapes of URLs, JSON and terminals, and in base64.
 *
 * A pseudonym is as long as what it stands for (but for letters beyond ASCII inside base64 and behind `%`), so that an
 * answer which states its own length stays readable. Equal identities get the same one for as long as the redactor
 * lives, different ones different ones. Versions of drivers, PCI addresses, digests of files, nonces, GUIDs that are the
 * same on every machine and common names stay.
 */
export interface Redactor {
  readonly text: (text: string) => string;
  /** A VM's config: what its owner wrote into it for people goes, too. */
  readonly config: (text: string) => string;
  /** Redacts every string inside plain data, with the names of its properties. */
  readonly data: (value: unknown) => unknown;
  /** While `look` runs nothing is replaced: what it gives to the redactor is only learned. */
  readonly learn: (look: () => void) => void;
  /** What was replaced so far, by the kind's name. */
  readonly tallies: () => ReadonlyMap<string, Tally>;
}

export interface RedactorOptions {
  /** Words that stay where nothing beside them tells that they are somebody's. */
  readonly keep?: ReadonlySet<string>;
}

/** Base64 in base64 is looked into; what is deeper is nobody's log. */
const DEPTH = 3;

export function createRedactor(names: readonly string[] = [], options: RedactorOptions = {}): Redactor {
  const given = givenNames(names);
  const others = given === null ? KINDS : [...KINDS, given];
  const pseudonyms = new Pseudonyms();
  // Without having seen all of a text it is not told whether a plain word means somebody.
  const known = new KnownWords((word) =>
    options.keep === undefined ? !standsOut(word) : options.keep.has(word),
  );
  let learning = false;

  const replace = (kind: Kind, found: string): string => {
    if (pseudonyms.isIssued(found)) return found;
    const canonical = kind.canonical(found);
    if (canonical === null || (learning && pseudonyms.reserve(kind, found))) return found;
    known.add(kind, canonical);
    return learning ? found : pseudonyms.of(kind, found, canonical);
  };
  const hide = (input: string, wanted: readonly Kind[]): string =>
    wanted.reduce((out, kind) => out.replace(kind.pattern, (found) => replace(kind, found)), input);
  const open = (input: string): string => {
    const clean = hide(input, others);
    if (learning) return clean;
    return known.replaceIn(clean, (found, { kind, canonical }) => pseudonyms.of(kind, found, canonical));
  };
  const text = (input: string, depth = 0): string => {
    if (input === '') return input;
    // A secret goes as a whole: no part of it may stay because another one was found inside.
    const closed = hide(input, SECRETS);
    const deeper = (inner: string): string => text(inner, depth + 1);
    const note = (encoded: string): void => {
      pseudonyms.issueAlso(encoded);
    };
    const decoded = depth < DEPTH ? inBase64(closed, deeper, note) : closed;
    return open(inEverySpelling(decoded, (inner) => open(hide(inner, SECRETS))));
  };
  const config = (input: string): string => text(hide(input, IN_CONFIG));
  const look = (input: string): string => text(input);
  return {
    text: look,
    config,
    data: (value) => redactData(value, look),
    learn: (look) => {
      learning = true;
      try {
        look();
      } finally {
        learning = false;
      }
    },
    tallies: () => pseudonyms.tallies(),
  };
}
