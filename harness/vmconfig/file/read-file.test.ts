import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../any-text.fixture.ts';
import { configText } from './config-text.fixture.ts';
import { MAX_CONFIG, readConfigFile, writeConfigFile } from './read-file.ts';

function sections(text: string): readonly string[] {
  return readConfigFile(text).sections.map(({ kind, name }) => `${kind} ${name}`.trim());
}

describe('readConfigFile', () => {
  it.each([
    ['[PENDING]', 'pending PENDING'],
    ['[pending]  \t\r', 'pending pending'],
    ['[special:cloudinit]', 'special cloudinit'],
    ['[SPECIAL:fleecing]', 'special fleecing'],
    ['[special:CloudInit]', 'unknown special:CloudInit'],
    ['[before-upgrade_2]', 'snapshot before-upgrade_2'],
    ['[Clean]', 'snapshot Clean'],
    ['[a]', 'unknown a'],
    ['[]', 'unknown'],
    ['[2nd]', 'unknown 2nd'],
    ['[ clean]', 'unknown  clean'],
  ])('takes %j for the section %s', (header, section) => {
    expect(sections(`cores: 1\n${header}\ncores: 2\n`)).toEqual(['main', section]);
  });

  it.each([' [clean]', '[clean]x', '[a]b]', '#[clean]', '\u00a0[clean]'])(
    'takes %j for no section',
    (line) => {
      expect(sections(`${line}\n`)).toEqual(['main']);
    },
  );

  it('knows where a section begins again', () => {
    const file = readConfigFile('[PENDING]\n[clean]\n[Clean]\n[pending]\n[clean]\n');
    expect(file.sections.map(({ replacedBy }) => replacedBy)).toEqual([null, 4, 5, null, null, null]);
  });

  it('does not read a text that is too long, and keeps it', () => {
    const text = `cores: 1\n${'x'.repeat(MAX_CONFIG)}`;
    const file = readConfigFile(text);
    expect(file.sections).toMatchObject([{ kind: 'main', lines: [{ holds: { kind: 'dropped' } }] }]);
    expect(writeConfigFile(file)).toBe(text);
  });

  it.each([
    ['spaces', ' '],
    ['headers', '[ab]\n'],
    ['keys', 'cores: 1\n'],
    ['colons', 'a:'],
    ['states', 'snapstate: '],
    ['comments', '#%41\n'],
  ])('reads a longest text of %s in the time a line takes', (_, unit) => {
    const text = `${unit.repeat(Math.floor(MAX_CONFIG / unit.length) - 1)}x`;
    expect(writeConfigFile(readConfigFile(text))).toBe(text);
  });

  it('gives back every text to the last byte', () => {
    const same = (text: string): void => {
      expect(writeConfigFile(readConfigFile(text))).toBe(text);
    };
    fc.assert(fc.property(configText, same), { numRuns: 500 });
    fc.assert(fc.property(anyText, same), { numRuns: 100 });
  });

  it('numbers the lines as they stand', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const lines = readConfigFile(text).sections.flatMap((section) => section.lines);
        expect(lines.map(({ number }) => number)).toEqual(text.split('\n').map((_, index) => index + 1));
      }),
    );
  });
});
