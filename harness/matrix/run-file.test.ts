import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runFile } from './run-file.ts';

const anything = fc.string({ unit: 'binary', maxLength: 200 });

test('an ordinary run id is the name of its page', () => {
  expect(runFile('20261120T021400Z-n100-1')).toBe('20261120T021400Z-n100-1.html');
});

test('no run id leaves the folder or hides its page', () => {
  expect(runFile('../../etc/passwd')).toMatch(/^etc-passwd-[0-9a-f]{12}\.html$/);
  fc.assert(fc.property(anything, (run) => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,109}$/.test(runFile(run))));
});

test('two run ids never share a page, not even where case does not count', () => {
  fc.assert(
    fc.property(
      anything,
      anything,
      (a, b) => a === b || runFile(a).toLowerCase() !== runFile(b).toLowerCase(),
    ),
  );
  expect(runFile('A').toLowerCase()).not.toBe(runFile('a'));
  expect(runFile('20261120T021400Z-a').toLowerCase()).not.toBe(runFile('20261120t021400z-a'));
});
