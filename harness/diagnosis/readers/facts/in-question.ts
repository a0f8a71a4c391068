import { LACKS, type FactKey } from '../../fact.ts';
import type { Found } from './found.ts';

/** What was found in a line, and whether its success is on another system than the one in question. */
export interface FoundLine {
  readonly found: readonly Found[];
  readonly elsewhere: boolean;
  /** The guest that the line begins with, by whatever name: "thinstation VM: …". */
  readonly guest: string | null;
  /** All its trouble is that of a tool or a container. */
  readonly aside: boolean;
}

/** Of each line what counts beside all the others, in the same order. Pure. */
export function inQuestion(lines: readonly FoundLine[]): readonly (readonly Found[])[] {
  const guests = lines.filter(({ found, guest }) => guest !== null || has(found, 'guestOs'));
  const fine = lines.some(({ found, aside }) => !aside && found.some(isWorks));
  const all = lines.flatMap(({ found, aside }) =>
    aside && fine ? found.filter((one) => !isTrouble(one)) : found,
  );
  const troubled = all.some(isTrouble);
  return lines.map((line) => {
    const { found, elsewhere, aside } = line;
    const fineHere = troubled && works(line);
    const spared = fineHere && guests.some((other) => other !== line && !works(other));
    const otherHost = fineHere && lines.some((other) => isOtherHost(other.found, found));
    return found.filter(
      (one) =>
        counts(one, all) &&
        !(aside && fine && isTrouble(one)) &&
        !(elsewhere && !isOwn(found) && ofOther(one, all)) &&
        !(spared && OF_GUEST.has(one.fact.key)) &&
        !(otherHost && OF_HOST.has(one.fact.key)),
    );
  });
}

function has(found: readonly Found[], key: FactKey): boolean {
  return found.some(({ fact }) => fact.key === key);
}

/** Hypervisors that are the host's system: a distribution that is named beside them is the guest's. */
const OWN_SYSTEM: ReadonlySet<unknown> = new Set(['proxmox', 'unraid', 'other']);

/** A weak fact gives way to a sure one of its kind; a system of unknown side counts only where it cannot be the host's. */
function counts({ fact, weak }: Found, all: readonly Found[]): boolean {
  if (!weak) return true;
  if (all.some((other) => !other.weak && other.fact.key === fact.key)) return false;
  // "renderD128 is there" is no success where the media driver is seen to fail.
  if (fact.key === 'outcome' && fact.value === 'works' && all.some(isLack)) return false;
  if (fact.key !== 'guestOs' && fact.key !== 'guestOsText') return true;
  return all.some((other) => other.fact.key === 'hypervisor' && OWN_SYSTEM.has(other.fact.value));
}

function isLack({ fact }: Found): boolean {
  return fact.key === 'guestSight' && LACKS.includes(fact.value);
}

/** What is said of a guest, which is not the one in question where another one is in trouble. */
const OF_GUEST: ReadonlySet<FactKey> = new Set<FactKey>([
  'guestOs',
  'guestOsText',
  'guestKernel',
  'guestDriver',
  'outcome',
]);

function isTrouble({ fact: { key, value } }: Found): boolean {
  return key === 'symptom' || (key === 'outcome' && value === 'fails');
}

function isWorks({ fact: { key, value } }: Found): boolean {
  return key === 'outcome' && value === 'works';
}

/** A line that names a guest or a machine and says of it only that it works. */
function works({ found, guest }: FoundLine): boolean {
  const named = guest !== null || has(found, 'guestOs') || has(found, 'cpu');
  return named && found.some(isWorks) && !found.some(isTrouble);
}

/** What is said of a host, which is not the one in question where another one is in trouble. */
const OF_HOST: ReadonlySet<FactKey> = new Set<FactKey>(['cpu', 'outcome']);

/** A line of another processor that is in trouble. */
function isOtherHost(line: readonly Found[], than: readonly Found[]): boolean {
  const names = (found: readonly Found[]) =>
    found.flatMap(({ fact: { key, value } }) => (key === 'cpu' ? [bare(value)] : []));
  const known = names(than);
  return known.length > 0 && line.some(isTrouble) && names(line).some((name) => !known.includes(name));
}

/** `Intel Core i5-8500T` and `i5-8500t` are one. */
function bare(cpu: string): string {
  return cpu
    .toLowerCase()
    .replace(/\b(?:intel|core|processor|celeron|pentium|atom)\b|\((?:r|tm)\)|[^a-z0-9]/g, '');
}

/** The line names itself what would be in question: "Metal works in macOS". */
function isOwn(found: readonly Found[]): boolean {
  return found.some(({ fact: { key, value } }) => key === 'guestOs' && value === 'macos');
}

/** Success on another system than the guest in question. */
function ofOther({ fact }: Found, all: readonly Found[]): boolean {
  return (
    fact.key === 'outcome' &&
    fact.value === 'works' &&
    all.some(({ fact: { key, value } }) => key === 'guestOs' && (value === 'windows' || value === 'macos'))
  );
}

/** Of these a line that names several tells what was tried: "with and without a ROM, q35 and i440fx". */
const ONE_ONLY: ReadonlySet<FactKey> = new Set<FactKey>(['romGiven', 'machine', 'firmware']);

/** What a line says, without what it only tells to have been tried. */
export function agreed(found: readonly Found[]): readonly Found[] {
  const several = (key: FactKey) =>
    new Set(found.filter(({ fact }) => fact.key === key).map(({ fact }) => fact.value)).size > 1;
  return found.filter(({ fact }) => !ONE_ONLY.has(fact.key) || !several(fact.key));
}
