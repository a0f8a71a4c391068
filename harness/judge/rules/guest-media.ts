import { settledBoots } from '../outcome.ts';
import { conclude, quote, rule } from '../rule.ts';

/**
 * VA-API in a guest whose driver works. It takes a driver of its own in the guest, so that it fails says nothing against
 * the device; where it is not installed there is nothing to say.
 */
export const guestMedia = rule({
  id: 'guest-media',
  start: null,
  conclude: (view) => {
    const failing = settledBoots(view).filter(({ on: { reading } }) => {
      const state = reading.device?.media?.state;
      return reading.state === 'healthy' && (state === 'failed' || state === 'silent');
    });
    if (failing.length === 0) return [];
    return [
      conclude(
        null,
        failing.map(({ boot }) => boot.boot),
        {
          id: 'guest.va-failed',
          severity: 'warning',
          title: 'The kernel’s driver works in the guest, and VA-API does not',
          detail:
            'Programs that decode video will not use the GPU. Most often the guest lacks Intel’s media driver; it does not count against the device.',
          evidence: failing.map(({ boot, on: { reading } }) => {
            const { state, why } = reading.device?.media ?? {};
            const said =
              state === 'silent' ? 'vainfo does not end' : `vainfo fails: ${why ?? 'without a word'}`;
            return quote(reading.n, 'guest agent', `boot ${boot.boot + 1}: ${said}`);
          }),
          collect: ['in the guest: vainfo --display drm --device /dev/dri/renderD128'],
        },
      ),
    ];
  },
});
