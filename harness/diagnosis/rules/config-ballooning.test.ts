import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_BALLOONING } from './config-ballooning.ts';

describe('ballooning', () => {
  it.each([
    [{ text: 'memory: 4096\nballoon: 1024\nhostpci0: 00:02.0' }, ['config.ballooning info']],
    [{ text: 'memory: 4096\nballoon: 1024' }, []],
    [{ text: 'memory: 4096\nballoon: 0\nhostpci0: 00:02.0' }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_BALLOONING, sketch)).toEqual(expected);
  });
});
