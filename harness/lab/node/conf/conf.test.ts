import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conf } from './conf.ts';
import { afterStart } from './conf.ts';
import { decodeDescription, encodeDescription } from './description.ts';
import { readConf } from './read-conf.ts';
import { writeConf } from './write-conf.ts';

const key = fc.constantFrom('agent', 'args', 'cores', 'hostpci0', 'memory', 'name', 'parent', 'scsi0', 'vga');
const value = fc.stringMatching(/^[!-~](?:[ -~]{0,20}[!-~])?$/);
const entries = fc
  .dictionary(key, value, { noNullPrototype: true })
  .map((each) => new Map(Object.entries(each)));
const description = fc.option(
  fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\r\n]$/.test(text)),
);
const section = fc.record({ description, entries });
const conf: fc.Arbitrary<Conf> = fc.record({
  main: section,
  pending: fc.record({ entries, deleted: fc.uniqueArray(key) }),
  snapshots: fc
    .dictionary(fc.stringMatching(/^[a-z][a-z0-9_-]{1,8}$/), section)
    .map((each) => new Map(Object.entries(each).filter(([name]) => name !== 'pending'))),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(conf, (written) => {
      const text = writeConf(written);
      const read = readConf(text);
      expect(writeConf(read)).toBe(text);
      expect([...afterStart(read).entries].sort()).toEqual([...afterStart(written).entries].sort());
      expect([...read.snapshots.keys()].sort()).toEqual([...written.snapshots.keys()].sort());
    }),
  );
});

test('a description is one line while it is written, and itself when it is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(encodeDescription(text)).toMatch(/^[ -~]*$/);
      expect(decodeDescription(encodeDescription(text))).toBe(text);
    }),
  );
});

test('any text is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => readConf(text)).not.toThrow();
    }),
  );
});
