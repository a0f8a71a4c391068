import { expect, it } from 'vitest';
import { partOf } from './part.fixture.ts';
import { readPlainFacts } from './plain-facts.ts';

const states = (text: string) =>
  readPlainFacts(partOf('facts', text))
    .facts.filter(({ key }) => key === 'symptom' || key === 'outcome')
    .map(({ value }) => value)
    .toSorted();

it.each([
  ['no HDMI sound: aplay -l -> no soundcards found', ['no-audio']],
  ['audio: no output device found in the guest', ['no-audio']],
  ['the GRUB menu is never visible', ['no-firmware-picture']],
  ['LUKS passphrase prompt not visible, I type blind', ['no-firmware-picture']],
  ['boot logo not shown', ['no-firmware-picture']],
] as const)('%s', (text, expected) => {
  expect(states(text)).toEqual(expected);
});

it.each(['no sound, no picture at all, code 43', 'OVMF logo missing and the desktop is black, too'])(
  '%s: stays a complaint about the graphics',
  (text) => {
    expect(states(text).some((value) => value !== 'no-audio' && value !== 'no-firmware-picture')).toBe(true);
  },
);
