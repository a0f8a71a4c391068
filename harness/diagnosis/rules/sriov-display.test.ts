import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { worded, type Worded } from '../fixtures/worded.ts';
import { sriovDisplay } from './sriov-display.ts';

const ID = 'sriov.no-display';
const VF = { device: '8086:46d1', mode: 'vf' } as const;
type Told = NonNullable<CaseSketch['facts']>;

const said = (sketch: CaseSketch, ...told: readonly Worded[]) =>
  sriovDisplay.conclude(worded(sketch, ...told)).map(({ severity }) => severity);
const dark = (words: string): Worded => ['symptom', 'no-picture', words];

describe('a dark monitor at a virtual function', () => {
  it.each(['no-picture', 'no-firmware-picture'] as const)('is the function’s nature: %s', (symptom) => {
    expect(found(sriovDisplay, { facts: { ...VF, symptom, outcome: 'fails' } })).toEqual([
      `${ID} cause certain`,
    ]);
  });

  it.each([
    'black over RDP',
    'remote desktop is black',
    'noVNC stays black',
    'no VNC picture',
    'VNC is black',
    'port 3389 gives black',
    'black after suspend',
    'black after suspending',
    'black after resume',
    'black as it wakes',
    'black when I wake it',
    'black after waking',
    'kernel panics, black',
    'oops, then black',
    'the guest crashes to black',
    'it hangs, black',
    'hung and black',
    'freezes black',
    'froze, black',
    'video is black',
    'videos are black',
    'playback is black',
    'black as it plays',
    'black when I play it',
    '远程桌面黑屏',
    '死机黑屏',
    '崩溃后黑屏',
  ])('is none where a picture comes another way, or something broke: %s', (words) => {
    expect(said({ facts: VF }, dark(words))).toEqual([]);
  });

  it.each([
    'black since the evoplayer',
    'the HDMI screen is black',
    'shangri-la screen is black',
    'a laptop2hung box, black',
  ])('is one where only part of a word says so: %s', (words) => {
    expect(said({ facts: VF }, dark(words))).toEqual(['cause']);
  });

  it.each<readonly [Told, readonly string[]]>([
    [{ ...VF, symptom: ['no-picture', 'host-freezes'] }, []],
    [{ ...VF, symptom: ['no-picture', 'host-freezes'], monitor: true }, [`${ID} warning certain`]],
    [{ ...VF, monitor: true }, [`${ID} warning certain`]],
    [{ ...VF, monitor: false }, []],
    [{ ...VF, mode: 'whole', monitor: true }, []],
    [{ ...VF, mode: 'mdev', symptom: 'no-picture' }, []],
    [VF, []],
  ])('is expected to show something, or not: %j', (facts, expected) => {
    expect(found(sriovDisplay, { facts })).toEqual(expected);
  });
});

describe('a function that does what it can', () => {
  it.each<Told>([
    { symptom: 'no-picture', outcome: 'works' },
    { symptom: 'no-picture', problemCode: 0 },
    { symptom: 'display-wanted' },
  ])('has no cause of trouble: %j', (facts) => {
    expect(found(sriovDisplay, { facts: { ...VF, ...facts } })).toEqual([`${ID} contributing certain`]);
  });

  it.each(['rdp', 'Remote Desktop', 'Parsec', 'Moonlight', 'Sunshine', 'TeamViewer', 'AnyDesk', 'RustDesk'])(
    'is seen by %s',
    (by) => {
      expect(
        said({ facts: VF }, dark('HDMI is black'), [
          'guestOsText',
          'Windows 11',
          `Windows 11 by ${by} is fine`,
        ]),
      ).toEqual(['contributing']);
    },
  );

  it.each(['a wordpress box', 'moonlighting, sunshiny'])('is not seen by %s', (words) => {
    expect(said({ facts: VF }, dark('HDMI is black'), ['guestOsText', 'Windows 11', words])).toEqual([
      'cause',
    ]);
  });

  it.each<readonly Worded[]>([
    [['symptom', 'code-43', 'Code 43']],
    [['outcome', 'fails', 'it does not work']],
    [['problemCode', 10, 'code 10']],
  ])('is none where more is wrong: %j', (...more) => {
    expect(
      said({ facts: { ...VF, outcome: 'works', problemCode: 0 } }, dark('HDMI is black'), ...more),
    ).toEqual(['cause']);
  });

  it('may be said to fail on the line that tells of the dark monitor, and on no other', () => {
    const facts = { ...VF, problemCode: 0, symptom: 'no-picture', outcome: 'fails' } as const;
    expect(found(sriovDisplay, { facts })).toEqual([`${ID} contributing certain`]);
    const twice = { ...facts, outcome: ['fails', 'fails'] } as const;
    expect(found(sriovDisplay, { facts: twice })).toEqual([`${ID} cause certain`]);
  });

  it('is warned of where everything works', () => {
    expect(found(sriovDisplay, { facts: { ...VF, outcome: 'works', monitor: true } })).toEqual([
      `${ID} warning certain`,
    ]);
  });
});

it('is told with who says so, and explains what a missing output looks like', () => {
  expect(whole(sriovDisplay, caseOf({ facts: { ...VF, symptom: 'no-picture', monitor: true } }))).toEqual([
    `${ID} cause certain: A virtual function has no display outputs: no monitor can ever show it`,
    '< mode: vf',
    '< symptom: no-picture',
    '< monitor: true',
    'steps guest vm',
    'answers no-picture no-firmware-picture display-wanted',
    'explains rom.missing guest.display-enumeration opregion.missing opregion.not-passed',
  ]);
});
