import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MarkedStream } from './marked-stream.ts';

const MARK = 'code43-0123456789abcdef';

function takeApart(chunks: readonly string[]): {
  readonly noise: string;
  readonly text: string;
  readonly begun: boolean;
  readonly words: string | null;
} {
  let text = '';
  let begun = false;
  let words: string | null = null;
  const stream = new MarkedStream(MARK, {
    onBegin: () => {
      begun = true;
    },
    onBytes: (bytes) => {
      expect(words).toBeNull();
      text += bytes.toString('latin1');
    },
    onEnd: (last) => {
      words = last;
    },
  });
  for (const chunk of chunks) stream.push(Buffer.from(chunk, 'latin1'));
  return { noise: stream.noise, text, begun, words };
}

const bytes = fc.string({ unit: fc.constantFrom(...Array.from(MARK), '\n', 'x', ' '), maxLength: 60 });

test('however it comes in pieces, all between the marks is passed on, and nothing else', () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, fc.array(fc.nat(10), { minLength: 1 }), (noise, text, more, sizes) => {
      fc.pre(![noise, text].some((part) => part.includes(MARK)));
      const whole = `${noise}${MARK}\n${text}${MARK} 0 exited\n${more}`;
      const chunks: string[] = [];
      for (let at = 0, n = 0; at < whole.length; n += 1) {
        const size = 1 + (sizes[n % sizes.length] ?? 0);
        chunks.push(whole.slice(at, at + size));
        at += size;
      }
      expect(takeApart(chunks)).toEqual({ noise, text, begun: true, words: ' 0 exited' });
    }),
  );
});

test('what cannot begin a mark is not held back', () => {
  expect(takeApart([`${MARK}\n`, 'a line\n', 'half']).text).toBe('a line\nhalf');
  expect(takeApart([`${MARK}\n`, `all but ${MARK.slice(0, 5)}`]).text).toBe('all but ');
});

test('a mark with words behind it ends what never began', () => {
  const { noise, begun, words } = takeApart(['hello\n', `${MARK} 127 mis`, 'sing\n']);
  expect([noise, begun, words]).toEqual(['hello\n', false, ' 127 missing']);
});

test('of what comes before the first mark the last 4 kB are kept', () => {
  const { noise, text } = takeApart([`${'x'.repeat(10_000)}y`]);
  expect(noise).toMatch(/^x{4000,}y$/);
  expect([noise.length < 4200, text]).toEqual([true, '']);
});
