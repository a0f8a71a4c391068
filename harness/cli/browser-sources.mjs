import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMarks, withoutUntold } from './source-edits.mjs';

/**
 * Sentences that are fetched at once. `from`: the number of the first.
 * @typedef {{ name: string, from: number, sentences: readonly string[] }} Part
 */

const DIAGNOSIS = 'harness/diagnosis';
/** Where the sentences of answers stand: those that a log alone can lead to in nearly all cases, and the rest. */
const PARTS = [
  {
    name: 'said-of-logs',
    folders: [`${DIAGNOSIS}/signatures`],
    files: [`${DIAGNOSIS}/account.ts`, `${DIAGNOSIS}/reason.ts`, `${DIAGNOSIS}/said.ts`],
  },
  {
    name: 'said-of-cases',
    folders: [`${DIAGNOSIS}/rules`],
    files: ['harness/guest/answers/problem-codes.ts'],
  },
];
/** A table of names that are looked up, which looks like a sentence. */
const NAMES = 'vfio-properties.ts';
/** Marks are two characters from "0" on, none of which means anything in a literal; `spelled.ts` reads them. */
const ZERO = 48;
const RADIX = 44;

/**
 * What a bundle for browsers is made of in place of the files: the code that says something, without what a page never
 * shows and with a mark in place of each sentence, and these sentences. They are a third of it all, so that a page
 * fetches them with an answer that says them. The same files give the same marks.
 *
 * @param {string} root of the project
 * @returns {{ texts: ReadonlyMap<string, string>, parts: readonly Part[] }} `texts`: by path
 * @throws {RangeError} where there are more sentences than marks
 */
export function browserSources(root) {
  /** @type {Map<string, string>} */
  const marks = new Map();
  /** @type {Map<string, string>} */
  const texts = new Map();
  const parts = PARTS.map(({ name, folders, files }) => {
    const from = marks.size;
    for (const file of [...folders.flatMap((folder) => sourcesIn(root, folder)), ...files]) {
      const path = join(root, file);
      texts.set(
        path,
        withMarks(withoutUntold(readFileSync(path, 'utf8')), (sentence) => {
          const mark = marks.get(sentence) ?? markAt(marks.size);
          marks.set(sentence, mark);
          return mark;
        }),
      );
    }
    return { name, from, sentences: [...marks.keys()].slice(from) };
  });
  return { texts, parts };
}

/**
 * @param {string} root
 * @param {string} folder
 */
function sourcesIn(root, folder) {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== NAMES)
    .toSorted()
    .map((file) => `${folder}/${file}`);
}

/** @param {number} number */
function markAt(number) {
  if (number >= RADIX ** 2)
    throw new RangeError(`more than ${RADIX ** 2} sentences: lengthen the marks here and in spelled.ts`);
  return `\x7f${String.fromCharCode(ZERO + Math.floor(number / RADIX), ZERO + (number % RADIX))}`;
}
