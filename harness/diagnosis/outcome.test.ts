import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Facts, SYMPTOMS, type Symptom } from './fact.ts';
import { caseOf, type CaseSketch } from './fixtures/case.ts';
import { type Outcome, outcome } from './outcome.ts';

const state = (sketch: CaseSketch): Outcome => outcome(caseOf(sketch));

describe('what is said decides', () => {
  it.each([
    ['unknown', {}],
    ['works', { outcome: 'works' }],
    ['works', { outcome: 'works', problemCode: 0 }],
    ['fails', { outcome: 'fails' }],
    ['fails', { symptom: 'code-43' }],
    ['fails', { problemCode: 43 }],
    ['fails', { symptom: 'no-picture' }],
    ['unknown', { problemCode: 0 }],
    // What was mended is of the past; another complaint leaves the rest working.
    ['works', { outcome: 'works', symptom: 'code-43' }],
    ['works', { outcome: 'works', problemCode: 43 }],
    ['partly', { outcome: 'works', symptom: 'no-picture' }],
    ['partly', { outcome: 'works', symptom: 'no-audio' }],
    ['partly', { symptom: 'no-audio' }],
    ['contradictory', { outcome: ['works', 'fails'] }],
    ['contradictory', { outcome: ['works', 'fails'], symptom: 'code-43' }],
  ] as const)('%s: %j', (expected, facts) => {
    expect(state({ facts })).toBe(expected);
  });

  it.each([
    'no-audio',
    'no-firmware-picture',
    'intermittent',
    'only-first-boot',
    'corrupt-picture',
    'vfs-missing',
    'after-update',
    'dma-faults',
  ] as const)('%s leaves the graphics working', (symptom) => {
    expect(state({ facts: { symptom } })).toBe('partly');
  });

  it.each([
    'problem-code',
    'basic-display',
    'driver-not-installing',
    'no-device',
    'vm-does-not-start',
  ] as const)('%s fails, and is of the past beside "works"', (symptom) => {
    expect(state({ facts: { symptom } })).toBe('fails');
    expect(state({ facts: { symptom, outcome: 'works' } })).toBe('works');
  });

  it.each(['host-kernel', 'guest', 'qemu'] as const)(
    'who tells of a trial with another %s has the trouble',
    (compared) => {
      expect(state({ facts: { compared } })).toBe('fails');
      expect(state({ facts: { compared, outcome: 'works' } })).toBe('fails');
    },
  );
});

describe('what is seen decides, too', () => {
  it('a problem code that a machine read contradicts who says that it works', () => {
    const said = caseOf({ facts: { outcome: 'works' } });
    const read = caseOf({ by: 'machine', facts: { problemCode: 43 } });
    const both = { ...said, facts: new Facts([...said.facts.all, ...read.facts.all]) };
    expect(outcome(both)).toBe('contradictory');
  });

  it('Code 43 in a guest’s output is a failure', () => {
    expect(state({ guestLines: ['Problem Code:               43 (0x2B) [CM_PROB_FAILED_POST_START]'] })).toBe(
      'fails',
    );
  });

  it('a frightening line is none', () => {
    expect(
      state({
        lines: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa'],
      }),
    ).toBe('unknown');
  });

  it('a machine’s problem code outweighs a person’s', () => {
    const said = caseOf({ facts: { outcome: 'works', problemCode: 43 } });
    const read = caseOf({ by: 'machine', facts: { problemCode: 0 } });
    const both = { ...said, facts: new Facts([...said.facts.all, ...read.facts.all]) };
    expect(outcome(both)).toBe('works');
  });
});

it('never says that a set-up works of which something is complained, but for what was mended', () => {
  const mended: readonly string[] = [
    'code-43',
    'problem-code',
    'basic-display',
    'driver-not-installing',
    'no-device',
    'vm-does-not-start',
  ];
  const present = (Object.keys(SYMPTOMS) as Symptom[]).filter((symptom) => !mended.includes(symptom));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...present), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (all, works) => {
        const said = state({ facts: { symptom: all, ...(works ? { outcome: 'works' as const } : {}) } });
        expect(['partly', 'fails']).toContain(said);
      },
    ),
  );
});
