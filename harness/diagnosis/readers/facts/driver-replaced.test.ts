import { expect, test } from 'vitest';
import { driverReplacedIn } from './driver-replaced.ts';

test.each([
  'Windows Update replaced the driver',
  'Windows Update has overwritten my Intel driver with 31.0.101.2111',
  'the graphics driver was replaced by Windows Update, Code 43 since then',
  'driver got updated automatically',
  'driver was silently replaced',
  'Windows Update installed a newer Intel driver',
  'any newer Intel driver (also when Windows Update puts it in): Code 43',
  'Windows Update hat den Treiber ersetzt',
  'Windows update replaced the driver without asking',
])('"%s" tells of a driver that was replaced', (text) => {
  expect(driverReplacedIn(text).map(({ fact }) => fact.key)).toEqual(['driverReplaced']);
});

test.each([
  'keep Windows Update from replacing the driver',
  'Windows Update is disabled, so it cannot replace the driver',
  'Windows Update did not replace the driver',
  'did Windows Update replace the driver?',
  'the driver that Windows Update installs works',
  'updated the driver to 32.0.101.6078',
  'Windows Update installed 24H2',
  'I replaced the driver',
  'How to prevent that Windows Update replaces the driver',
])('"%s" does not', (text) => {
  expect(driverReplacedIn(text)).toEqual([]);
});
