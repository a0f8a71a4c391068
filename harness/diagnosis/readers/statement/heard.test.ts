import { describe, expect, it } from 'vitest';
import { readStatement } from '../statement.ts';

const outcomes = (text: string) =>
  readStatement(text).facts.flatMap(({ key, value }) => (key === 'outcome' ? [value] : []));

describe('what is only heard of is no failure', () => {
  it.each([
    'this error in the journal, should I worry',
    'there is a warning about the VBT, ignore?',
    'error lines in dmesg - harmless?',
    'QEMU complains about the ROM, is that bad?',
    '"vfio: Cannot reset device" - will this hurt later?',
    'Fehlermeldung im Log, ist das schlimm?',
    'the boot menu is only 640x480, does not matter',
    'Plex in a Linux VM, no monitor',
    'if i915 is blacklisted no crash',
    'unless xe is blacklisted it works',
  ])('%s', (text) => {
    expect(outcomes(text)).toEqual([]);
  });

  it.each([
    ['works, but these messages at start are new. do they matter?', ['works']],
    ['works fine, only an error in dmesg, can I ignore it?', ['works']],
  ] as const)('%s', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it.each([
    'error 43, what does that mean?',
    'Code 43, why?',
    'black screen, is this normal?',
    'the VM crashes, is that a bug?',
    'no picture on the monitor',
    'if I start the VM the host freezes',
  ])('%s is one', (text) => {
    expect(outcomes(text)).toEqual(['fails']);
  });

  it('a question with its answer is a statement', () => {
    expect(readStatement('Code 43? no').facts).toEqual([{ key: 'problemCode', value: 0 }]);
    expect(readStatement('code 43? yes').facts).toContainEqual({ key: 'problemCode', value: 43 });
  });
});
