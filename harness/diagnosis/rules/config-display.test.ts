import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_DISPLAY } from './config-display.ts';

describe('an emulated display', () => {
  it.each([
    [{ text: 'vga: std\nhostpci0: 00:02.0' }, ['config.vga-not-none info']],
    [{ text: 'vga: none\nhostpci0: 00:02.0' }, []],
    [{ text: 'vga: serial0\nhostpci0: 00:02.0' }, []],
    [{ text: 'hostpci0: 00:02.0' }, []],
    [{ text: 'vga: std\nhostpci0: 00:02.0,legacy-igd=1' }, []],
    [{ text: 'vga: std\nhostpci0: 01:00.0' }, []],
    [
      { text: 'vga: std\nhostpci0: 00:02.0', facts: { symptom: 'no-picture' } },
      ['config.vga-not-none warning'],
    ],
    [{ text: 'vga: std\nhostpci0: 00:02.1', facts: { symptom: 'no-picture' } }, ['config.vga-not-none info']],
    [{ text: 'vga: std\nhostpci0: 00:02.0', facts: { symptom: 'code-43' } }, ['config.vga-not-none info']],
    [
      { text: 'vga: std\nhostpci0: 00:02.1', facts: { symptom: 'code-43' } },
      ['config.vga-not-none contributing'],
    ],
    [
      { text: 'vga: std\nhostpci0: 00:02.1', facts: { symptom: 'code-43', outcome: 'works' } },
      ['config.vga-not-none info'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_DISPLAY, sketch)).toEqual(expected);
  });
});
