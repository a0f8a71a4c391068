import { describe, expect, test } from 'vitest';
import type { FallbackStep } from '../../trace/words.ts';
import { readFallback } from '../answers/fallback/read-fallback.ts';
import { readLimited } from '../answers/fallback/limited.ts';
import { readProbe } from '../answers/read-answer.ts';
import type { GuestReading, Refusal } from '../answers/reading.ts';
import { probeCommand } from '../probe.ts';
import { FALLBACK_LADDER } from '../windows/fallback-ladder.ts';
import { StandinGuest, type Ran } from './standin-guest.fixture.ts';

const NONCE = 'Nonce0123456789';
const ID = '1234:1111';

function askRaw(guest: StandinGuest): Ran {
  const { path, args } = probeCommand('windows', NONCE);
  return guest.run(path, args);
}

function ask(guest: StandinGuest): GuestReading | Refusal {
  const { status, out } = askRaw(guest);
  return readProbe('windows', { out, exitcode: status, signal: null, truncated: false }, NONCE);
}

function read(guest: StandinGuest): GuestReading {
  const answer = ask(guest);
  if ('refused' in answer) throw new Error(answer.why);
  return answer;
}

function codes(guest: StandinGuest, answers: number): readonly unknown[] {
  return Array.from({ length: answers }, () => read(guest).devices[0]?.problemCode);
}

function fallback(guest: StandinGuest, step: FallbackStep): ReturnType<typeof readFallback> {
  const found = FALLBACK_LADDER.find((each) => each.step === step);
  if (found === undefined) throw new Error(`no step ${step}`);
  const { status, out, err } = guest.run(found.path, found.args);
  return readFallback(step, { out, err, exitcode: status, signal: null, truncated: false }, ID);
}

describe('a healthy stand-in', () => {
  test('answers the contract whole', () => {
    expect(read(new StandinGuest(0))).toMatchObject({
      notReady: null,
      fastStartup: false,
      pciCount: 2,
      failed: [],
      devices: [
        {
          id: ID,
          address: '00:02.0',
          problemCode: 0,
          problemCodeAgain: 0,
          started: true,
          fallbackDriver: false,
        },
      ],
    });
  });

  test('answers nothing but the probe', () => {
    const guest = new StandinGuest(0);
    const { path } = probeCommand('windows', NONCE);
    for (const args of [
      [],
      ['-Command', 'Get-Date'],
      ['-EncodedCommand', 'AAAA'],
      ['-EncodedCommand', '%%'],
    ]) {
      const { status, out, err } = guest.run(path, args);
      expect({ status, out }).toEqual({ status: 1, out: '' });
      expect(err).toContain('stand-in');
    }
  });

  test.each([
    ['problem-43', { says: 'not-code', code: 43 }],
    ['connected', { says: 'code', code: 0 }],
    ['connected-all', { says: 'code', code: 0 }],
    ['wmic', { says: 'code', code: 0 }],
    ['image-state', { says: 'image-state', complete: true }],
    ['setup', { says: 'set-up', running: false }],
  ] as const)('tells the fall-back %s what it is', (step, expected) => {
    expect(fallback(new StandinGuest(0), step)).toMatchObject(expected);
  });
});

test.each(['problem-43', 'connected', 'connected-all', 'wmic'] as const)(
  'code 43 reaches the fall-back %s',
  (step) => {
    expect(fallback(new StandinGuest(43), step)).toMatchObject({ says: 'code', code: 43 });
  },
);

test.each(['connected-all', 'wmic'] as const)('a device that was taken out is absent by %s', (step) => {
  const guest = new StandinGuest(0);
  guest.remove();
  expect(fallback(guest, step).says).toBe('absent');
  expect(read(guest)).toMatchObject({ pciCount: 1, devices: [] });
});

describe('the fault', () => {
  test.each([0, 10, 28, 43, 57])('code=%i shows in both readings', (code) => {
    const [device] = read(new StandinGuest(0, `code=${code}`)).devices;
    expect(device).toMatchObject({ problemCode: code, problemCodeAgain: code, started: code === 0 });
  });

  test.each([
    ['code-clears=2', [43, 43, 0, 0]],
    ['code-flaps', [43, 0, 43, 0]],
    ['code-late=101', [0, 0, 0, 0]],
    ['code-late=100', [43, 43, 43, 43]],
  ])('%s', (fault, expected) => {
    expect(codes(new StandinGuest(0, fault), 4)).toEqual(expected);
  });

  test.each([
    ['opinions-differ', { problemCode: 43, problemCodeAgain: 0 }],
    ['not-started', { problemCode: 0, started: false }],
    ['basic-display', { problemCode: 0, fallbackDriver: true }],
    ['other-driver', { problemCode: 0, driver: { service: 'another' } }],
    ['device-elsewhere', { address: '00:03.0' }],
  ])('%s', (fault, expected) => {
    expect(read(new StandinGuest(0, fault)).devices).toMatchObject([expected]);
  });

  test.each([
    ['second-display', '1013:00b8', '00:01.0'],
    ['twin-display', ID, '00:05.0'],
  ])('%s adds a device', (fault, id, address) => {
    expect(read(new StandinGuest(43, fault)).devices).toMatchObject([
      { id: ID, problemCode: 43 },
      { id, address, problemCode: 0 },
    ]);
  });

  test.each([
    ['wrong-nonce', 'stale'],
    ['truncated-answer', 'broken'],
    ['mojibake-answer', 'broken'],
    ['powershell-blocked', 'blocked'],
    ['constrained-language', 'limited'],
  ])('%s makes answers that are refused as %s', (fault, refused) => {
    expect(ask(new StandinGuest(0, fault))).toMatchObject({ refused });
  });

  test('constrained-language still shows a problem code', () => {
    const { out } = askRaw(new StandinGuest(43, 'constrained-language'));
    expect(readLimited(out, NONCE, ID)).toMatchObject({ says: 'code', code: 43 });
  });

  test('doubled-answer is read once', () => {
    expect(read(new StandinGuest(0, 'doubled-answer')).devices).toHaveLength(1);
  });

  test('oobe shows in the probe and in the registry', () => {
    const guest = new StandinGuest(0, 'oobe');
    expect(read(guest).notReady).toContain('set-up is not complete');
    expect(fallback(guest, 'image-state')).toMatchObject({ complete: false });
    expect(fallback(guest, 'setup')).toMatchObject({ running: true });
  });

  test('installing ends', () => {
    const guest = new StandinGuest(0, 'installing=1');
    expect(read(guest).notReady).toContain('drvinst');
    expect(read(guest).notReady).toBeNull();
  });

  test('hybrid-start is fast start-up', () => {
    expect(read(new StandinGuest(0, 'hybrid-start')).fastStartup).toBe(true);
  });
});
