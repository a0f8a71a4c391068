import type { Timeline } from '../../judge/timeline.ts';

/** What the guest last said of the driver that runs the device, such as `igfxn 32.0.101.7088`; null where it said nothing. */
export function observedDriver(timeline: Timeline): string | null {
  const drivers = timeline.boots.flatMap(({ readings }) =>
    readings.flatMap(({ device }) => device?.driver ?? []),
  );
  const driver = drivers.at(-1);
  if (driver === undefined) return null;
  const words = [driver.service ?? driver.inf ?? driver.provider, driver.version].filter(
    (word) => word !== null,
  );
  return words.length === 0 ? null : words.join(' ');
}
