import { describe, expect, it } from 'vitest';
import { caseOf } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { SYMPTOMS_ONLY } from '../rank.ts';
import { reason } from '../reason.ts';
import { claim, type Rule } from '../rule.ts';
import { symptoms } from './symptoms.ts';

const CODE = 'guest.code43 contributing certain';
const OTHER_CODE = 'guest.problem-code cause certain';

describe('what the guest shows', () => {
  it.each([
    [{ symptom: 'code-43' }, [CODE]],
    [{ problemCode: 43 }, [CODE]],
    [{ symptom: 'code-43', problemCode: 43 }, [CODE]],
    [{ problemCode: 10 }, [OTHER_CODE]],
    [{ problemCode: 12, symptom: 'bsod' }, [OTHER_CODE, 'guest.bsod cause likely']],
    [{ symptom: 'reset-loop' }, ['guest.reset-loop cause likely']],
    [{ symptom: ['host-freezes', 'code-43'] }, [CODE, 'host.crash cause likely']],
    [{ problemCode: 0, outcome: 'fails' }, []],
    [{ symptom: 'no-picture' }, []],
    [{ outcome: 'works', problemCode: 0 }, []],
    [{}, []],
  ] as const)('%j gives %j', (facts, expected) => {
    expect(found(symptoms, { facts })).toEqual(expected);
  });

  it.each(['code-43', 'bsod', 'reset-loop', 'host-freezes'] as const)(
    '%s is a mere contribution beside a cause, and says what to collect',
    (symptom) => {
      const other: Rule = {
        id: 'other',
        findings: ['rom.missing'],
        conclude: () => [claim({ id: 'rom.missing', severity: 'cause', title: '', detail: '' })],
      };
      const [first, ...others] = reason(caseOf({ facts: { symptom } }), [symptoms, other]);
      expect(first?.id).toBe('rom.missing');
      expect(others).toMatchObject([{ severity: 'contributing' }]);
      expect(others[0]?.collect).not.toEqual([]);
    },
  );

  it('is known as a mere symptom, whatever it is', () => {
    for (const id of symptoms.findings) expect([id, SYMPTOMS_ONLY.has(id)]).toEqual([id, true]);
  });
});

describe('what is past', () => {
  it.each([
    [{ facts: { symptom: 'code-43', outcome: 'works' } }, []],
    [{ facts: { problemCode: 43, outcome: 'works' } }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(symptoms, sketch)).toEqual(expected);
  });
});
