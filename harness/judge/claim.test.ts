import { expect, test } from 'vitest';
import { readClaim } from './claim.ts';

test.each([
  ['Windows shows Code 43 on the Intel UHD Graphics', 'fails'],
  ['The Intel UHD Graphics works in Windows 11, no Code 43', 'works'],
  ['works fine without code 43', 'works'],
  ['Had it for days, but Code 43 is gone now', 'works'],
  ['It does not work', 'fails'],
  ["the iGPU doesn't work, Device Manager says code43", 'fails'],
  ['It stopped working after the update', 'fails'],
  ['The VM boots', null],
  ['It works in Linux. In Windows: Code 43', null],
  ['', null],
])('%j claims %j', (text, says) => {
  expect(readClaim(text)).toBe(says);
});
