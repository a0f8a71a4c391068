import { settledBoots } from '../outcome.ts';
import { conclude, quote, rule } from '../rule.ts';
import type { State } from '../assess.ts';

const KINDS: Partial<Record<State, { id: string; title: string; detail: string }>> = {
  'no-driver': {
    id: 'driver.missing',
    title: 'The guest has no driver for the device',
    detail: 'The device is there, but nothing runs it. Install the driver in the guest, then test again.',
  },
  'fallback-driver': {
    id: 'driver.fallback',
    title: 'A fall-back driver runs the device: problem code 0 is no success here',
    detail:
      'The Microsoft Basic Display driver also reports code 0. It takes over when no vendor driver is installed or working.',
  },
  'wrong-driver': {
    id: 'driver.wrong',
    title: 'Another driver than the expected one runs the device',
    detail: 'The host file states which driver must start the device; the guest runs a different one.',
  },
};

/** Code 0 is not a pass: the expected driver must run the device. */
export const driverIdentity = rule({
  id: 'driver-identity',
  start: null,
  conclude: (view) =>
    Object.entries(KINDS).flatMap(([state, said]) => {
      const boots = settledBoots(view).filter(({ on }) => on.reading.state === state);
      if (boots.length === 0) return [];
      return [
        conclude(
          'fail',
          boots.map(({ boot }) => boot.boot),
          {
            ...said,
            severity: 'cause',
            evidence: boots.map(({ boot, on }) =>
              quote(on.reading.n, 'guest agent', `boot ${boot.boot + 1}: ${on.reading.words}`),
            ),
          },
        ),
      ];
    }),
});
