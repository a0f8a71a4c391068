import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Automaton, EVENT } from './automaton.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'c', '\n'), maxLength: 8 });
const bytesOf = (text: string) => new TextEncoder().encode(text);

test('finds exactly the texts that are there, whatever their case', () => {
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 12 }),
      fc.string({ unit: letters, maxLength: 12 }),
      (texts, given) => {
        const found = new Automaton(texts).find(bytesOf(given));
        const wanted = texts.flatMap((text, id) =>
          text !== '' && given.toLowerCase().includes(text.toLowerCase()) ? [id] : [],
        );
        expect([...found].sort((a, b) => a - b)).toEqual(wanted);
      },
    ),
  );
});

test('finds no text across an event, and says where one is', () => {
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 12 }),
      fc.string({ unit: letters, maxLength: 12 }),
      (texts, given) => {
        const automaton = new Automaton(texts, [0x0a]);
        const lines = given.toLowerCase().split('\n');
        const wanted = texts.flatMap((text, id) =>
          text !== '' && lines.some((line) => line.includes(text.toLowerCase())) ? [id] : [],
        );
        expect([...automaton.find(bytesOf(given))].sort((a, b) => a - b)).toEqual(wanted);
        const newline = automaton.classOf[0x0a] ?? 0;
        const width = Math.max(...automaton.classOf, 1) + 1;
        for (let row = 0; row < automaton.next.length; row += width)
          expect(automaton.next[row + newline]).toBe(EVENT);
      },
    ),
  );
});
