import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { setupCase } from '../fixtures/setup-case.ts';
import { whole } from '../fixtures/whole.ts';
import { worded } from '../fixtures/worded.ts';
import { guestPrograms } from './guest-programs.ts';

type Told = NonNullable<CaseSketch['facts']>;
const FAILS = { guestOs: 'linux', symptom: 'no-acceleration' } as const;
const OS_CONFIG = ['guest.os-config contributing likely'];
const VERSION = ['guest.driver-version contributing likely'];
const MISSING = ['guest.driver-missing contributing likely'];

function withSignals(facts: Told, ...signals: readonly string[]): readonly string[] {
  return guestPrograms
    .conclude(setupCase({ facts, signals }))
    .map(({ id, severity, confidence }) => `${id} ${severity} ${confidence}`);
}

describe('a program that fails above a driver that runs', () => {
  it.each<Told>([
    { ...FAILS, guestSight: 'bound' },
    { ...FAILS, guestSight: 'render-node' },
    { ...FAILS, guestSight: 'accelerates' },
    { ...FAILS, guestSight: 'driver-installed' },
    { guestOs: 'linux', symptom: 'no-render-node', guestSight: 'bound' },
    { symptom: 'no-acceleration', guestSight: 'bound' },
    { ...FAILS, guestSight: 'bound', outcome: 'works' },
  ])('is told of: %j', (facts) => {
    expect(found(guestPrograms, { facts })).toEqual(OS_CONFIG);
  });

  it.each<Told>([
    FAILS,
    { ...FAILS, guestSight: ['bound', 'unbound'] },
    { ...FAILS, guestSight: ['bound', 'gave-up'] },
    { ...FAILS, guestSight: 'bound', guestOs: 'windows' },
    { guestOs: 'linux', guestSight: 'bound', outcome: 'works' },
    { guestOs: 'linux', guestSight: ['bound', 'other-node'] },
    { guestOs: 'linux', guestSight: 'bound', outcome: 'fails' },
    { guestOs: 'linux', guestSight: 'bound', symptom: 'no-picture' },
  ])('is none without a driver, a Linux or a program: %j', (facts) => {
    expect(found(guestPrograms, { facts })).toEqual([]);
  });

  it.each(['hung-task', 'guest-tlb-timeout', 'guest-hang', 'guest-wedged'])(
    'has another trouble where the driver gives up: %s',
    (id) => {
      const facts = { ...FAILS, guestSight: 'bound' } as const;
      expect(withSignals(facts, 'guest-i915')).toEqual(OS_CONFIG);
      expect(withSignals(facts, id)).toEqual([]);
    },
  );

  it.each(['guest-probe-failed', 'guest-dead'])('lacks a driver that was only installed: %s', (id) => {
    expect(withSignals({ ...FAILS, guestSight: 'driver-installed' }, id)).toEqual([]);
  });
});

describe('why a program fails', () => {
  it.each<readonly [sights: NonNullable<Told['guestSight']>, title: string]>([
    [['bound', 'other-node', 'no-right', 'software'], 'opens the node of the VM’s emulated adapter'],
    [['bound', 'no-right', 'software'], 'no access'],
    [['bound', 'container', 'software'], 'no access'],
    [['bound', 'software'], 'renders in software'],
    ['bound', 'above it'],
  ])('is told of the nearest thing: %j', (guestSight, title) => {
    const of = caseOf({ facts: { ...FAILS, guestSight } });
    expect(guestPrograms.conclude(of).map((claim) => claim.title)).toEqual([expect.stringContaining(title)]);
  });

  it.each(['other-node', 'container', 'software'] as const)(
    'is told without a complaint of acceleration, too: %j',
    (sight) => {
      expect(
        found(guestPrograms, { facts: { guestOs: 'linux', outcome: 'fails', guestSight: ['bound', sight] } }),
      ).toEqual(OS_CONFIG);
    },
  );

  it('is not told of a container in a guest without a driver', () => {
    expect(found(guestPrograms, { facts: { ...FAILS, guestSight: 'container' } })).toEqual([]);
  });
});

describe('the media driver', () => {
  const facts = { ...FAILS, guestSight: 'bound' } as const;

  it.each([
    'libva info: va_openDriver() returns -1',
    'vaInitialize failed with error code -1 (unknown libva error),exit',
    'Failed to initialise VAAPI connection: -1 (unknown libva error).',
  ])('is not there where libva finds no file: %s', (line) => {
    expect(found(guestPrograms, { facts, guestLines: [line] })).toEqual(MISSING);
  });

  it.each([
    ['libva info: va_openDriver() returns 1'],
    ['libva info: va_openDriver() returns -12'],
    ['vaInitialize failed with error code 18 (invalid parameter),exit'],
    ['Failed to initialise VAAPI connection: 18 (invalid parameter).'],
    ['libva error: /usr/lib/dri/iHD_drv_video.so init failed'],
    ['libva info: va_openDriver() returns -1', 'libva error: /usr/lib/dri/i965_drv_video.so init failed'],
    ['libva info: va_openDriver() returns -1', 'libva info: va_openDriver() returns 1'],
    ['No VA display found for device /dev/dri/renderD128.'],
  ])('does not start where a file is there: %j', (...guestLines) => {
    expect(found(guestPrograms, { facts, guestLines })).toEqual(VERSION);
  });

  it('may be said not to start, in libva’s words or others', () => {
    const said = (words: string) =>
      guestPrograms.conclude(worded({ facts }, ['guestSight', 'media-failed', words])).map(({ id }) => id);
    expect(said('vainfo: va_openDriver() returns -1')).toEqual(['guest.driver-missing']);
    expect(said('vainfo: va_openDriver() returns 18')).toEqual(['guest.driver-version']);
    expect(said('vainfo does not work')).toEqual(['guest.driver-version']);
  });
});

describe('what is told of it in full', () => {
  const SEEN = ['bound', 'render-node', 'accelerates', 'driver-installed'] as const;
  const rest = (...own: readonly string[]) => [
    ...own,
    ...SEEN.map((sight) => `< guestSight: ${sight}`),
    'steps guest',
    'answers no-acceleration no-render-node',
    'asks for 1',
  ];
  const told = (guestSight: readonly NonNullable<Told['guestSight']>[], lines: readonly string[] = []) =>
    whole(
      guestPrograms,
      caseOf({ facts: { ...FAILS, guestSight: [...SEEN, ...guestSight].flat() }, guestLines: lines }),
    );

  it.each<readonly [NonNullable<Told['guestSight']>[], readonly string[], readonly string[]]>([
    [
      ['other-node', 'media-failed'],
      [],
      [
        'guest.os-config contributing likely: The program opens the node of the VM’s emulated adapter, not the iGPU’s',
        '< guestSight: other-node',
        '< guestSight: media-failed',
      ],
    ],
    [
      ['no-right', 'container'],
      [],
      [
        'guest.os-config contributing likely: The driver runs; the program or its container has no access to the node',
        '< guestSight: no-right',
        '< guestSight: container',
      ],
    ],
    [
      ['software'],
      [],
      [
        'guest.os-config contributing likely: The driver runs; the desktop renders in software',
        '< guestSight: software',
      ],
    ],
    [
      ['media-failed'],
      ['libva info: va_openDriver() returns -1'],
      [
        'guest.driver-missing contributing likely: The kernel’s driver runs; the media driver that programs use is not installed',
        '< guestSight: media-failed',
        '< libva info: va_openDriver() returns -1',
      ],
    ],
    [
      ['media-failed'],
      ['libva info: va_openDriver() returns 1'],
      [
        'guest.driver-version contributing likely: The kernel’s driver runs; the media driver does not start on it',
        '< guestSight: media-failed',
        '< libva info: va_openDriver() returns 1',
      ],
    ],
    [
      [],
      [],
      [
        'guest.os-config contributing likely: The driver runs in the guest; what fails is above it',
        '< symptom: no-acceleration',
      ],
    ],
  ])('of %j', (sights, lines, expected) => {
    expect(told(sights, lines)).toEqual(rest(...expected));
  });
});
