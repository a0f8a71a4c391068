import type { GuestDevice, GuestReading } from '../guest/answers/reading.ts';
import type { ExpectedDriver, TraceHeader } from '../trace/header.ts';
import { problemCode, problemName } from '../guest/answers/problem-codes.ts';

/**
 * What one reading says of the device under test. `unknown`: the instrument cannot be believed, so the reading
 * counts for nothing; `not-ready`: the guest is still setting itself up.
 */
export const STATES = [
  'healthy',
  'problem',
  'no-driver',
  'fallback-driver',
  'wrong-driver',
  'not-started',
  'absent',
  'not-ready',
  'unknown',
] as const;
export type State = (typeof STATES)[number];

export interface Assessment {
  readonly state: State;
  readonly code: number | null;
  readonly device: GuestDevice | null;
  /** What the reading says, for a person. */
  readonly words: string;
}

/**
 * Judges one reading against what the host and guest files expect: the right device at the right address, run by
 * the right driver. Problem code 0 alone is no health: a fall-back driver reports it too.
 */
export function assess(reading: GuestReading, context: TraceHeader): Assessment {
  if (reading.notReady !== null) return say('not-ready', null, null, `not ready: ${reading.notReady}`);
  if (reading.pciCount === null || reading.pciCount === 0) {
    return say('unknown', null, null, 'the probe saw no PCI device at all');
  }
  const found = findDevice(reading.devices, context);
  if ('words' in found) return say(found.state, null, null, found.words);
  const { device } = found;
  const { problemCode: code, problemCodeAgain: again } = device;
  if (code !== null && again !== null && code !== again) {
    return say('unknown', null, device, `two readings of the problem code disagree: ${code} and ${again}`);
  }
  return assessDevice(device, code ?? again, context.host.igpu.driver);
}

function assessDevice(device: GuestDevice, code: number | null, expected: ExpectedDriver): Assessment {
  if (code === null) return say('unknown', null, device, 'the problem code could not be read');
  const known = problemCode(code);
  if (known?.passing === true)
    return say('not-ready', code, device, `code ${code} (${problemName(code) ?? ''}): not settled`);
  if (known?.noDriver === true) return say('no-driver', code, device, `code ${code}: no driver`);
  if (code !== 0) return say('problem', code, device, `code ${code}`);
  if (device.driver === null) return say('no-driver', 0, device, 'no driver is bound');
  if (device.fallbackDriver) return say('fallback-driver', 0, device, 'code 0, but a fall-back driver');
  const wrong = driverDifference(device.driver, expected);
  if (wrong !== null) return say('wrong-driver', 0, device, wrong);
  if (device.started === false)
    return say('not-started', 0, device, device.whyNotStarted ?? 'code 0, but not started');
  if (device.started === null) return say('unknown', 0, device, 'whether it started could not be read');
  return say('healthy', 0, device, 'healthy');
}

type Found =
  { readonly device: GuestDevice } | { readonly state: 'absent' | 'unknown'; readonly words: string };

/**
 * The device with the expected id, at the expected address; never by its name. One whose address could not be read is
 * taken only where no other has the id.
 */
function findDevice(devices: readonly GuestDevice[], context: TraceHeader): Found {
  const wanted = context.guest.deviceAddress;
  const sameId = devices.filter((device) => device.id === context.host.igpu.id);
  if (sameId.length === 0) return { state: 'absent', words: 'the device is not in the guest' };
  const there = wanted === null ? sameId : sameId.filter(({ address }) => address === wanted);
  const unplaced = wanted === null ? [] : sameId.filter(({ address }) => address === null);
  const candidates = there.length > 0 ? there : unplaced;
  const [device] = candidates;
  if (device === undefined) {
    const where = sameId.map(({ address }) => address).join(', ');
    return { state: 'absent', words: `the device is at ${where} in the guest, not at ${wanted ?? ''}` };
  }
  if (candidates.length === 1) return { device };
  return {
    state: 'unknown',
    words: `${candidates.length} devices have the expected id, and which one is under test cannot be told`,
  };
}

function driverDifference(
  actual: NonNullable<GuestDevice['driver']>,
  expected: ExpectedDriver,
): string | null {
  for (const property of ['service', 'provider', 'inf', 'version'] as const) {
    const wanted = expected[property];
    const found = actual[property];
    if (wanted !== undefined && found?.toLowerCase() !== wanted.toLowerCase()) {
      return `driver ${property} is ${found ?? 'unknown'}, expected ${wanted}`;
    }
  }
  return null;
}

function say(state: State, code: number | null, device: GuestDevice | null, words: string): Assessment {
  return { state, code, device, words };
}
