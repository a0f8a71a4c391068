import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIDENCES, SEVERITIES } from '../trace/words.ts';
import { FINDING_IDS } from './finding-id.ts';
import type { Claim } from './finding.ts';
import { caseOf, type CaseSketch, quoteOf } from './fixtures/case.ts';
import { SYMPTOMS_ONLY } from './rank.ts';
import { reason } from './reason.ts';
import { claim, type Rule } from './rule.ts';

const FAILS: CaseSketch = { facts: { symptom: 'code-43' } };
const WORKS: CaseSketch = { facts: { outcome: 'works' } };

type Sketch = Partial<Claim> & Pick<Claim, 'id'>;

/** A rule that claims just this. */
function says(...claims: readonly Sketch[]): Rule {
  const full = claims.map((each) => claim({ severity: 'cause', title: each.id, detail: '', ...each }));
  return { id: 'says', findings: full.map(({ id }) => id), conclude: () => full };
}

function reasoned(sketch: CaseSketch, ...claims: readonly Sketch[]): readonly Claim[] {
  return reason(
    caseOf(sketch),
    claims.map((each) => says(each)),
  );
}

const told = (claims: readonly Claim[]) => claims.map(({ id, severity }) => `${id} ${severity}`);

describe('claims of one thing', () => {
  const line = quoteOf('a', 1, 'x');
  const [one] = reasoned(
    FAILS,
    { id: 'rom.missing', severity: 'warning', confidence: 'certain', evidence: [line], collect: ['this'] },
    {
      id: 'rom.missing',
      severity: 'cause',
      confidence: 'possible',
      evidence: [line, quoteOf('a', 2, 'y')],
      collect: ['this', 'that'],
    },
  );

  it('become one: the gravest, the surest, with all evidence, each line once', () => {
    expect(one).toMatchObject({ id: 'rom.missing', severity: 'cause', confidence: 'certain' });
    expect(one?.evidence).toHaveLength(2);
    expect(one?.collect.toSorted()).toEqual(['that', 'this']);
  });

  it('keep the fix that one of them has', () => {
    const fix = { why: 'w', vm: [], steps: [], source: 's' };
    expect(
      reasoned(FAILS, { id: 'rom.missing' }, { id: 'rom.missing', severity: 'warning', fix })[0]?.fix,
    ).toEqual(fix);
  });

  it('quote only some lines of a flood', () => {
    const evidence = Array.from({ length: 500 }, (_, at) => quoteOf('dmesg.txt', at + 1, 'fault'));
    expect(reasoned(FAILS, { id: 'host.dma-faults', evidence })[0]?.evidence.length).toBeLessThan(20);
  });
});

describe('a cause', () => {
  it('is none in a system that works', () => {
    expect(told(reasoned(WORKS, { id: 'rom.missing', confidence: 'certain' }))).toEqual([
      'works info',
      'rom.missing warning',
    ]);
  });

  it('is none of ours where the device is another vendor’s', () => {
    expect(
      told(reasoned(FAILS, { id: 'rom.missing' }, { id: 'device.other-vendor', severity: 'info' })),
    ).toEqual(['device.other-vendor info', 'rom.missing warning']);
  });

  it('that is merely possible is none', () => {
    expect(told(reasoned(FAILS, { id: 'rom.missing', confidence: 'possible' }))).toEqual([
      'rom.missing contributing',
      'unknown info',
    ]);
  });

  it('explains its consequences, which are still told', () => {
    expect(
      told(
        reasoned(
          FAILS,
          { id: 'config.gms-range' },
          { id: 'rom.missing', explains: ['config.gms-range', 'guest.code43'] },
          { id: 'guest.code43' },
        ),
      ),
    ).toEqual(['rom.missing cause', 'config.gms-range contributing', 'guest.code43 contributing']);
  });

  it('that is a consequence explains nothing any more', () => {
    expect(
      told(
        reasoned(
          FAILS,
          { id: 'host.iommu-off', confidence: 'certain', explains: ['rom.missing'] },
          { id: 'rom.missing', explains: ['guest.vbs'] },
          { id: 'guest.vbs', confidence: 'certain' },
        ),
      ),
    ).toEqual(['host.iommu-off cause', 'guest.vbs cause', 'rom.missing contributing']);
  });

  it('of two that explain each other the surer one stays', () => {
    expect(
      told(
        reasoned(
          FAILS,
          { id: 'rom.missing', explains: ['guest.vbs'] },
          { id: 'guest.vbs', confidence: 'certain', explains: ['rom.missing'] },
        ),
      ),
    ).toEqual(['guest.vbs cause', 'rom.missing contributing']);
  });

  it('explains nothing where it is only a contribution itself', () => {
    expect(
      told(
        reasoned(
          FAILS,
          { id: 'rom.missing' },
          { id: 'config.gms-range', severity: 'contributing', explains: ['rom.missing'] },
        ),
      ),
    ).toEqual(['rom.missing cause', 'config.gms-range contributing']);
  });
});

describe('a symptom', () => {
  it('is a cause only where nothing else is', () => {
    expect(told(reasoned(FAILS, { id: 'guest.code43' }, { id: 'rom.missing' }))).toEqual([
      'rom.missing cause',
      'guest.code43 contributing',
    ]);
  });
});

describe('the plain answer', () => {
  it('of nothing is that nobody can tell', () => {
    expect(told(reasoned({}))).toEqual(['unknown info']);
  });

  it('of a system that works is so, with what says it', () => {
    const [first] = reasoned(WORKS);
    expect(first).toMatchObject({ id: 'works', severity: 'info', confidence: 'likely' });
    expect(first?.evidence.map(({ text }) => text)).toEqual(['outcome: works']);
  });

  it('is certain where a machine says so', () => {
    expect(reasoned({ ...WORKS, by: 'machine' })[0]).toMatchObject({ id: 'works', confidence: 'certain' });
  });

  it('is success beside a complaint that has no cause here, and none where it fails', () => {
    const said = (outcome: 'works' | 'fails') =>
      reasoned({ facts: { outcome, symptom: 'no-firmware-picture' } })[0];
    expect(said('works')).toMatchObject({
      id: 'works',
      title: expect.stringContaining('complained') as string,
    });
    expect(said('fails')).toMatchObject({ id: 'unknown' });
  });

  it('is none where all that is complained of has its answer', () => {
    const sketch: CaseSketch = { facts: { outcome: 'works', symptom: 'no-audio' } };
    const audio: Sketch = { id: 'audio.not-passed', severity: 'contributing', answers: ['no-audio'] };
    expect(told(reasoned(sketch, audio))).toEqual(['audio.not-passed contributing']);
    expect(told(reasoned({ facts: { symptom: ['no-audio', 'no-picture'] } }, audio))).toEqual([
      'audio.not-passed contributing',
      'unknown info',
    ]);
  });
});

describe('whatever the rules claim', () => {
  const any = fc.record({
    id: fc.constantFrom(...FINDING_IDS.filter((id) => id !== 'works' && id !== 'unknown')),
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.constantFrom(...CONFIDENCES),
    explains: fc.subarray([...FINDING_IDS], { maxLength: 6 }),
  });
  const claims = fc.array(any, { maxLength: 12 });
  const sketches = fc.constantFrom(FAILS, WORKS, {}, {
    facts: { outcome: 'works', symptom: 'no-audio' },
  } as const);

  it('each finding stands there once, and something is first', () => {
    fc.assert(
      fc.property(claims, sketches, (all, sketch) => {
        const ids = reasoned(sketch, ...all).map(({ id }) => id);
        expect(ids.length).toBeGreaterThan(0);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('no claim is lost, and none becomes graver', () => {
    fc.assert(
      fc.property(claims, sketches, (all, sketch) => {
        const found = reasoned(sketch, ...all);
        for (const { id } of all) {
          const gravest = Math.min(
            ...all.filter((each) => each.id === id).map(({ severity }) => SEVERITIES.indexOf(severity)),
          );
          const [one] = found.filter((each) => each.id === id);
          expect(SEVERITIES.indexOf(one?.severity ?? 'cause')).toBeGreaterThanOrEqual(gravest);
        }
      }),
    );
  });

  it('a system that works has no cause', () => {
    fc.assert(
      fc.property(claims, (all) => reasoned(WORKS, ...all).every(({ severity }) => severity !== 'cause')),
    );
  });

  it('causes are not explained away in a ring', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const causes = all.filter(
          ({ id, severity, confidence }) =>
            severity === 'cause' &&
            confidence !== 'possible' &&
            !SYMPTOMS_ONLY.has(id) &&
            id !== 'device.other-vendor',
        );
        if (causes.length === 0 || all.some(({ id }) => id === 'device.other-vendor')) return true;
        return reasoned(FAILS, ...all).some(({ severity }) => severity === 'cause');
      }),
    );
  });

  it('a symptom is not first where a cause stands', () => {
    fc.assert(
      fc.property(claims, (all) => {
        const [first, ...others] = reasoned(FAILS, ...all);
        if (first === undefined || !SYMPTOMS_ONLY.has(first.id)) return true;
        return others.every(({ id, severity }) => severity !== 'cause' || SYMPTOMS_ONLY.has(id));
      }),
    );
  });

  it('the order of the rules does not matter', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(any, { selector: ({ id }) => id, maxLength: 10 }),
        sketches,
        (all, sketch) => {
          expect(told(reasoned(sketch, ...all.toReversed()))).toEqual(told(reasoned(sketch, ...all)));
        },
      ),
    );
  });
});
