import type { Part } from '../part.ts';
import { comparedIn } from './compared.ts';
import { readFacts } from './facts.ts';
import type { Reading } from './reading.ts';
import { digestsIn } from './rom-digests.ts';
import { signsIn } from './signs.ts';

/** What a person says: of one set-up, and of what became of it when something was changed. */
export function readPlainFacts(part: Part): Reading {
  const { facts, notUnderstood } = readFacts(part);
  return { facts: [...facts, ...comparedIn(part), ...signsIn(part), ...digestsIn(part)], notUnderstood };
}
