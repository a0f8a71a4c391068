import { expect, it, test } from 'vitest';
import { IGPU_FAMILIES } from './families.ts';
import { deviceOfProcessor, kernelTakes, linuxDriver } from './linux-drivers.ts';

it.each(IGPU_FAMILIES)('$codename: an id is never known before its family', (family) => {
  const { from } = linuxDriver(family.code);
  for (const id of family.devices.split(' ')) {
    const later = linuxDriver(family.code, id);
    if (from === null || later.from === null) expect(later.from).toBe(from);
    else expect(kernelTakes(later.from, linuxDriver(family.code))).toBe(true);
  }
});

test('Twin Lake is newer than Alder Lake-N: 6.8 takes 46d1 and leaves 46d4', () => {
  expect(kernelTakes('6.8.0-60-generic', linuxDriver('ADL-N', '46d1'))).toBe(true);
  expect(kernelTakes('6.8.0-60-generic', linuxDriver('ADL-N', '46d4'))).toBe(false);
  expect(kernelTakes('6.9.1', linuxDriver('ADL-N', '46d4'))).toBe(true);
  expect(deviceOfProcessor('Intel(R) N150')).toBe('46d4');
  expect(deviceOfProcessor('Intel(R) N100')).toBeNull();
});

test('Debian 12 is older than Meteor Lake, Debian 13 is not', () => {
  expect(kernelTakes('6.1.0-37-amd64', linuxDriver('MTL'))).toBe(false);
  expect(kernelTakes('6.12.41+deb13-amd64', linuxDriver('MTL'))).toBe(true);
});

test('what Red Hat and SUSE build says nothing by its version, unless it is new enough', () => {
  expect(kernelTakes('5.14.0-570.12.1.el9_6.x86_64', linuxDriver('MTL'))).toBeNull();
  expect(kernelTakes('6.4.0-150600.23.47-default', linuxDriver('MTL'))).toBeNull();
  expect(kernelTakes('6.12.0-55.el10.x86_64', linuxDriver('MTL'))).toBe(true);
  expect(kernelTakes('custom', linuxDriver('MTL'))).toBeNull();
});

test('no kernel takes Nova Lake by itself yet', () => {
  expect(kernelTakes('7.1.0', linuxDriver('NVL-S'))).toBeNull();
});
