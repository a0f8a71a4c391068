import { expect, test } from 'vitest';
import { withMarks, withoutUntold } from './source-edits.mjs';

const mark = (sentence: string) => `<${sentence.length}>`;

test.each([
  ["claim({ title: 'The file is empty' })", "claim({ title: '<17>' })"],
  [
    'const a = { title: `Slot ${slot} is taken by ${other} in this guest` };',
    'const a = { title: `Slot ${slot}<13>${other}<14>` };',
  ],
  ["const a = on ? \"It is on, as it's said\" : 'It is off, or so';", 'const a = on ? "<22>" : \'<16>\';'],
])('marks what %s says', (source, marked) => {
  expect(withMarks(source, mark)).toBe(marked);
});

test.each([
  "const a = { literals: ['Invalid PCI ROM header'] };",
  "const a = text.includes('a text that is looked for');",
  "const a = 'one two three four five'.split(' ');",
  'const a = new RegExp(`with some ${words} in a pattern`);',
  'const a = String.raw`some raw text that is a pattern`;',
  "const a = { id: 'rom-header-signature', title: 'too short' };",
  "type A = 'a name of some words';",
  "const a = /a pattern of some words/; // It's a comment's sentence",
])('leaves what the code looks for: %s', (source) => {
  expect(withMarks(source, mark)).toBe(source);
});

test('keeps of signatures and rules what an answer needs', () => {
  const signature = (rest: string) => `const A = [{ id: 'a', literals: ['b'], ${rest} }];`;
  expect(withoutUntold(signature("means: 'It is.', source: 'c.c', finding: null,"))).toBe(
    signature('finding: null,'),
  );
  const told = "means: 'It is.', finding: { id: 'x', fix: fix('why', 'source') },";
  expect(withoutUntold(signature(`source: 'c.c', ${told}`))).toBe(signature(told));
  const also = "means: 'It is.', finding: null, also: { id: 'x' },";
  expect(withoutUntold(signature(also))).toBe(signature(also));
  expect(withoutUntold("const R = { id: 'r', findings: ['x'], conclude: (of) => [] };")).toBe(
    'const R = { conclude: (of) => [] };',
  );
});
