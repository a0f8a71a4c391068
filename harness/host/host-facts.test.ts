import { expect, test } from 'vitest';
import { readCpuInfo } from './host-facts.ts';

test('the hypervisor flag tells a virtual host from a real one', () => {
  const real = 'processor\t: 0\nmodel name\t: Intel(R) N100\nflags\t\t: fpu vme de\n';
  expect(readCpuInfo(real)).toEqual({ model: 'Intel(R) N100', virtual: false });
  expect(readCpuInfo(real.replace('de\n', 'de hypervisor\n'))).toMatchObject({ virtual: true });
});

test('a text that says nothing leaves both unknown', () => {
  expect(readCpuInfo('')).toEqual({ model: null, virtual: null });
});
