import { describe, expect, test } from 'vitest';
import { partOf } from '../part.fixture.ts';
import { readFacts } from '../facts.ts';

function states(text: string): readonly string[] {
  return readFacts(partOf('facts', text)).facts.flatMap(({ key, value }) =>
    key === 'symptom' || key === 'outcome' || key === 'problemCode' ? [`${key}=${String(value)}`] : [],
  );
}

describe('a story that is told in order', () => {
  test.each([
    'first: Code 43\nthen: black screen\nnow: picture and sound work',
    'initially: no picture\nfinally: all good',
    'try 1: VM does not start\ntry 2: Code 43\nresult: works',
    'first: Code 43\nEDIT: works now',
    'zuerst: kein Bild\njetzt: läuft',
    'before: Code 43\ntoday: everything works',
    'step 1: no picture\nsolved: works with the other ROM',
    'now: works\nfirst: Code 43',
  ])('ends with success: %s', (text) => {
    expect(states(text)).toContain('outcome=works');
    expect(states(text).filter((one) => one !== 'outcome=works')).toEqual([]);
  });

  test.each([
    ['first: worked for a week\nnow: Code 43', 'outcome=fails'],
    ['before: picture ok\ntoday: black screen', 'symptom=no-picture'],
  ])('ends with failure: %s', (text, fails) => {
    expect(states(text)).toContain(fails);
    expect(states(text)).not.toContain('outcome=works');
  });

  test('without an end nothing is over', () => {
    expect(states('first: Code 43\nthen: black screen')).toContain('problemCode=43');
  });
});
