import type { Fact } from '../fact.ts';
import type { Part } from '../part.ts';
import { configWordsIn } from './config-words.ts';
import { comparedIn } from './compared.ts';
import { effectsIn } from './effects.ts';
import { readFacts } from './facts.ts';
import { withPartialComplaints } from './partial-complaints.ts';
import type { Reading } from './reading.ts';
import { digestsIn } from './rom-digests.ts';
import { romToldIn } from './rom-told.ts';
import { signsIn } from './signs.ts';

/** What a person says: of one set-up, of what became of it when something was changed, and of its ROM. */
export function readPlainFacts(part: Part): Reading {
  const { facts, notUnderstood } = readFacts(part);
  const told = [...romToldIn(part), ...configWordsIn(part)];
  const lines = new Set(told.map(({ quote }) => quote.line));
  const all = [
    ...withPartialComplaints(part, facts),
    ...comparedIn(part),
    ...signsIn(part),
    ...digestsIn(part),
    ...told,
  ];
  return {
    facts: all.some(speaksOfState) ? all : [...all, ...effectsIn(part)],
    notUnderstood: notUnderstood.filter(({ line }) => !lines.has(line)),
  };
}

/** Where somebody says how it goes, or what goes wrong, no effect has to tell it. */
function speaksOfState({ key, value }: Fact): boolean {
  return (
    key === 'outcome' || key === 'symptom' || key === 'compared' || (key === 'problemCode' && value !== 0)
  );
}
