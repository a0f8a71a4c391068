import { expect, test } from 'vitest';
import { cacheDir } from './cache-dir.ts';

test('the cache lies below an absolute XDG_CACHE_HOME', () => {
  expect(cacheDir({ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' })).toBe('/var/cache/me/code43');
});

test.each([undefined, '', 'relative/dir'])('XDG_CACHE_HOME %j falls back to the home directory', (xdg) => {
  expect(cacheDir({ XDG_CACHE_HOME: xdg, HOME: '/home/me' })).toBe('/home/me/.cache/code43');
});
