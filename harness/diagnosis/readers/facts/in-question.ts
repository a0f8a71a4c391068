import type { FactKey } from '../../fact.ts';
import type { Found } from './found.ts';

/** What was found in a line, and whether its success is on another system than the one in question. */
export interface FoundLine {
  readonly found: readonly Found[];
  readonly elsewhere: boolean;
}

/** Of each line what counts beside all the others, in the same order. Pure. */
export function inQuestion(lines: readonly FoundLine[]): readonly (readonly Found[])[] {
  const all = lines.flatMap(({ found }) => found);
  const guests = lines.map(({ found }) => found).filter((found) => has(found, 'guestOs'));
  const troubled = all.some(isTrouble);
  return lines.map(({ found, elsewhere }) => {
    const spared = troubled && works(found) && guests.some((line) => line !== found && !works(line));
    return found.filter(
      (one) =>
        counts(one, all) && !(elsewhere && ofOther(one, all)) && !(spared && OF_GUEST.has(one.fact.key)),
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
  if (fact.key !== 'guestOs' && fact.key !== 'guestOsText') return true;
  return all.some((other) => other.fact.key === 'hypervisor' && OWN_SYSTEM.has(other.fact.value));
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

/** A line that names a guest and says of it only that it works. */
function works(found: readonly Found[]): boolean {
  return (
    has(found, 'guestOs') &&
    found.some(({ fact }) => fact.key === 'outcome' && fact.value === 'works') &&
    !found.some(isTrouble)
  );
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
