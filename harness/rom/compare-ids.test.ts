import { expect, it } from 'vitest';
import { compareRomIds } from './compare-ids.ts';
import { readRom } from './read.ts';
import { writeTestRom } from './write.ts';

const facts = readRom(writeTestRom('good', { vendor: '8086', device: 'ffff' }));

it('has nothing to say where the ids agree', () => {
  expect(compareRomIds(facts, { vendor: '8086', device: 'ffff' })).toEqual([]);
});

it('says of ids that differ whom it matters to, and never calls it more than information', () => {
  const findings = compareRomIds(facts, { vendor: '8086', device: '46d1' });
  expect(findings.map(({ severity, offset }) => [severity, offset])).toEqual([
    ['info', 0],
    ['info', 2048],
  ]);
  expect(findings[0]?.text).toContain('SeaBIOS does not run it');
  expect(findings[1]?.text).toContain('UEFI firmware does not compare them');
});
