import { describe, expect, test } from 'vitest';
import { readStatement } from '../statement.ts';

function says(text: string): string {
  return [...new Set(readStatement(text).facts.map(({ key, value }) => `${key}=${String(value)}`))]
    .toSorted()
    .join(' ');
}

describe('what only sounds like a failure is none', () => {
  test.each([
    'no screen on it',
    'no monitor attached, none needed',
    'no TV connected and none planned',
    'there is no screen plugged in',
    'without a monitor connected',
    "I don't need a picture",
    'nobody needs a screen on that',
    'never wanted a monitor on it',
    'no display required',
    'no monitor is needed',
    'task ends with WARNINGS: 1',
    'the task finished with warnings',
    'lines that look bad:',
    'some messages in the log that sound scary',
    'log entries which seem wrong to me',
    'warning in the console at boot: i915 something failed',
    'one message in the journal: no such device',
    'the VM takes 4 minutes to boot',
    'complaint only: the VM takes ages to start',
  ])('%s', (text) => {
    expect(says(text)).toBe('');
  });

  test.each([
    'the guest reboots fine too',
    'VM restarts without problems',
    'reboots 12 of 12',
    'guest restart is ok',
    'restarts and reboots cleanly',
  ])('a restart that goes well: %s', (text) => {
    expect(says(text)).toBe('outcome=works');
  });

  test('what a friend’s machine does is not said of this one', () => {
    expect(says("the log is of a friend's box, his does not work")).toBe('');
    expect(says('my brother passes a card, theirs shows code 43')).toBe('');
  });

  test('what was first is over where it is told how it is now', () => {
    expect(says('first I had only the Basic Display Adapter, now everything works')).toBe('outcome=works');
  });
});

describe('a failure stays one', () => {
  test.each([
    ['no picture on the screen', 'no-picture'],
    ['no signal on the monitor', 'no-picture'],
    ['no display output', 'no-picture'],
    ['the guest reboots again and again', 'reset-loop'],
    ['VM restarts in a loop', 'reset-loop'],
    ['first boot ok, then black screen', 'no-picture'],
    ["I don't get a picture", 'no-picture'],
    ['the screen stays black', 'no-picture'],
    ['VM takes 2 minutes, then hangs', 'vm-freezes'],
    ['no sound, no screen', 'no-picture'],
  ])('%s', (text, symptom) => {
    expect(says(text)).toContain(`symptom=${symptom}`);
  });
});
