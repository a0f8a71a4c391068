import { baseName } from '../base-name.ts';
import { KNOWN_ROMS, type KnownRom } from '../../igpu/known-roms.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { mayBeWindows } from '../subject/guest.ts';
import { modeOf } from '../subject/passed.ts';

/** What a ROM of some name has, or should have, as sha256. */
interface Digest {
  /** The file's name in lower case, without its folder; empty where it was not said. */
  readonly file: string;
  readonly sha256: string;
  readonly by: string;
  readonly quote: Quote | null;
}

/**
 * ROM files whose contents are not what their name is known for: the files that were given, sums that are stated of
 * them, and sums that a release is pinned to.
 */
export function romDigestOf(known: readonly KnownRom[]): Rule {
  return {
    id: 'rom-digest',
    findings: ['rom.digest-mismatch'],
    conclude: (of) => {
      const given = of.roms.map(({ name, sha256, quote }) =>
        digest(name, sha256, 'the file that was given', quote),
      );
      const stated = of.facts.of('romDigest').map(({ value, quote }) => {
        const [sha256 = '', ...file] = value.split(' ');
        return digest(file.join(' '), sha256, 'what is said of it', quote);
      });
      const pinned = known.flatMap(({ file, sha256, ref }) =>
        sha256 === null ? [] : [digest(file, sha256, `the release ${ref}`, null)],
      );
      return pairs([...given, ...stated, ...pinned])
        .slice(0, 4)
        .map(([one, other]) => mismatch(one, other, of));
    },
  };
}

export const romDigest: Rule = romDigestOf(KNOWN_ROMS);

function digest(name: string, sha256: string, by: string, quote: Quote | null): Digest {
  return { file: baseName(name).toLowerCase(), sha256, by, quote };
}

/** Two of one name that differ; what has no name is meant of the only file there is. */
function pairs(all: readonly Digest[]): readonly (readonly [Digest, Digest])[] {
  const names = new Set(all.flatMap(({ file, quote }) => (file === '' || quote === null ? [] : [file])));
  const [only = ''] = names.size === 1 ? names : [];
  const named = all.map((one) => (one.file === '' ? { ...one, file: only } : one));
  return named.flatMap((one, at) => {
    const other = named.slice(at + 1).find(({ file, sha256 }) => file === one.file && sha256 !== one.sha256);
    return one.file === '' || other === undefined ? [] : [[one, other] as const];
  });
}

function mismatch(one: Digest, other: Digest, of: Case): Claim {
  const fails = outcome(of) === 'fails' && modeOf(of) !== 'vf' && mayBeWindows(of);
  return claim({
    id: 'rom.digest-mismatch',
    severity: outcome(of) === 'works' ? 'info' : fails ? 'contributing' : 'warning',
    confidence: 'certain',
    title: `There are two files by the name of ${one.file}: their sha256 differ`,
    detail: `By ${one.by} it is ${one.sha256.slice(0, 16)}…, by ${other.by} ${other.sha256.slice(0, 16)}…. A file that was cut off, rebuilt or saved as a web page keeps its name. What is known of the one says nothing of the other.`,
    evidence: [one.quote, other.quote].filter((quote) => quote !== null),
    fix: {
      why: 'Use the very file that is known to work.',
      vm: [],
      steps: [
        { where: 'host', text: `sha256sum /usr/share/kvm/${one.file}` },
        { where: 'host', text: 'get the file again from its release, and compare: code43 rom verify' },
      ],
      source: 'manifests below roms/',
    },
    collect: ['sha256sum of the ROM file on the host, and where it is from'],
  });
}
