import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloneName, markLine, snapshotName } from './life/run-mark.ts';
import { slotName } from './node/rom-slot.ts';
import { ownedClone, ownedRunFile, ownedSlot, ownedSnapshot } from './owned.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** A text with one small change, or none: a part taken out, put in, or in capitals. */
function nearly(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const part = fc.constantFrom('', 'x', '0', ' ', '\n', '-', '.rom', '/', '../', '\0', 'ö');
  const changed = fc
    .tuple(text, fc.nat(60), fc.nat(2), part, fc.boolean())
    .map(([whole, at, gone, put, capitals]) => {
      const other = whole.slice(0, at) + put + whole.slice(at + gone);
      return capitals ? other.toUpperCase() : other;
    });
  return fc.oneof(text, changed);
}

test('what is written for a run is known again', () => {
  fc.assert(
    fc.property(hex(8), fc.string(), (mark, note) => {
      const description = `${markLine(mark)}\n${note}`;
      expect(ownedClone({ name: cloneName(mark), description })).toBe(mark);
      expect(ownedSnapshot({ name: snapshotName(mark), description: markLine(mark) })).toBe(mark);
    }),
  );
  fc.assert(
    fc.property(hex(8), hex(64), (run, sha256) => {
      const name = slotName(run, sha256);
      const digits = sha256.slice(0, 12);
      expect(ownedSlot(name)).toEqual({ run, digits, whole: true });
      expect(ownedSlot(`.${name}.partial`)).toEqual({ run, digits, whole: false });
    }),
  );
  expect(ownedRunFile('0000:00:02.0.lease')).toEqual({ lease: '0000:00:02.0' });
  expect(ownedRunFile('9100.qmp')).toEqual({ monitor: 9100 });
});

test('a VM or a snapshot that is known has exactly the name and the line of one run', () => {
  const names = nearly(hex(8).map((mark) => (mark < '8' ? cloneName(mark) : snapshotName(mark))));
  const pairs = fc.oneof(
    hex(8).chain((mark) =>
      fc.record({
        name: nearly(fc.constantFrom(cloneName(mark), snapshotName(mark))),
        description: nearly(fc.constant(markLine(mark))),
      }),
    ),
    fc.record({ name: names, description: nearly(hex(8).map(markLine)) }),
    fc.record({ name: fc.string(), description: fc.string() }),
  );
  let known = 0;
  fc.assert(
    fc.property(pairs, ({ name, description }) => {
      const [clone, snapshot] = [ownedClone({ name, description }), ownedSnapshot({ name, description })];
      const lines = description.split('\n');
      if (clone !== null) expect([name, lines.includes(markLine(clone))]).toEqual([cloneName(clone), true]);
      if (snapshot !== null)
        expect([name, lines.includes(markLine(snapshot))]).toEqual([snapshotName(snapshot), true]);
      if (clone !== null || snapshot !== null) known += 1;
    }),
    { numRuns: 5000 },
  );
  // Else nothing was tried.
  expect(known).toBeGreaterThan(0);
});

test('a slot that is known has exactly the name of one ROM', () => {
  const files = nearly(
    fc
      .tuple(hex(8), hex(64), fc.boolean())
      .map(([run, sha256, half]) => (half ? `.${slotName(run, sha256)}.partial` : slotName(run, sha256))),
  );
  fc.assert(
    fc.property(files, (name) => {
      const slot = ownedSlot(name);
      if (slot === null) return;
      const written = slotName(slot.run, slot.digits.padEnd(64, '0'));
      expect(name).toBe(slot.whole ? written : `.${written}.partial`);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ...['igd.rom', 'code43-.rom', 'code43-keep.rom', 'code43-0123456789ab.rom'],
  ...['code43-0a1b2c3d-0123456789ab.rom.bak', '../code43-0a1b2c3d-0123456789ab.rom'],
  ...['code43-0a1b2c3d-0123456789AB.rom', 'code43-0a1b2c3d-0123456789ab.rom\n'],
  ...['.code43-0a1b2c3d-0123456789ab.rom', 'code43-0a1b2c3d-0123456789abc.rom'],
])('%j is no slot of ours', (name) => {
  expect(ownedSlot(name)).toBeNull();
});

test.each([
  '00:02.0.lease',
  '0000:00:02.8.lease',
  '0000:00:02.0',
  '99.qmp',
  '9100.qmp.bak',
  '../9100.qmp',
  'x.qmp',
  '9100.qmp\n',
])('%j is no file of ours', (name) => {
  expect(ownedRunFile(name)).toBeNull();
});
