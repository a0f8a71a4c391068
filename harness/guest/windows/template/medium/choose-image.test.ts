import { expect, test } from 'vitest';
import { chooseImage } from './choose-image.ts';
import { wimXml, HOME, PRO, type FixtureImage } from './windows-medium.fixture.ts';
import { readWindowsImages } from './windows-images.ts';

const images = (...list: readonly FixtureImage[]) => readWindowsImages(wimXml(list));

test.each([
  ['Windows 11 Pro', 2],
  ['windows 11 pro', 2],
  ['Professional', 2],
  ['Core', 1],
])('%s names an edition by its name or its id', (wanted, index) => {
  expect(chooseImage(images(HOME, PRO), wanted).index).toBe(index);
});

test('the only edition needs no name', () => {
  expect(chooseImage(images(PRO), undefined).name).toBe('Windows 11 Pro');
});

test.each([
  ['none is named and there are two', [HOME, PRO], undefined, /2 editions: say which.*\n.*Home.*\n.*Pro/],
  ['the name is not there', [HOME, PRO], 'Enterprise', /no edition.*"Enterprise"\n.*Home/],
  ['two have the name', [PRO, PRO], 'Professional', /more than one/],
  ['it is Windows 10', [{ ...PRO, build: 19045 }], undefined, /build 19045.*22000/],
  ['it is for ARM', [{ ...PRO, architecture: 12 }], undefined, /not for x86-64/],
])('refused where %s', (_, list, wanted, why) => {
  expect(() => chooseImage(images(...list), wanted)).toThrow(why);
});

test.each([
  [{ ...PRO, name: 'Windows\u001b[31m 11' }],
  [{ ...PRO, language: 'en-US;rm' }],
  [{ ...PRO, build: NaN }],
])('an image whose words could steer anything is not listed: %j', (image) => {
  expect(images(image)).toEqual([]);
});
