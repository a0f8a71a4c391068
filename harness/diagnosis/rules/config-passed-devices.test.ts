import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { CONFIG_PASSED_DEVICES } from './config-passed-devices.ts';

describe('what is passed', () => {
  it.each([
    [{ text: 'hostpci0: 00:02' }, ['config.passes-whole-device info']],
    [{ text: 'hostpci0: 00:02.0' }, []],
    [{ text: 'hostpci0: 00:02', facts: { vfs: 7 } }, ['config.passes-whole-device cause']],
    [{ text: 'hostpci0: 00:02', facts: { vfs: 0 } }, ['config.passes-whole-device info']],
    [{ text: 'hostpci0: 00:02.0', facts: { vfs: 7, outcome: 'works' } }, ['config.passes-whole-device info']],
    [{ text: 'hostpci0: 00:02.0', facts: { mode: 'vf' } }, ['config.passes-whole-device cause']],
    [{ text: 'hostpci0: mapping=gpu', facts: { vfs: 7 } }, []],
    [
      { text: 'hostpci0: 00:02\nhostpci1: 00:02.0' },
      ['config.passes-whole-device info', 'config.duplicate-device cause'],
    ],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:02' }, ['config.duplicate-device cause']],
    [{ text: 'hostpci0: 01:00.0\nhostpci1: 01:00.0' }, ['config.duplicate-device cause']],
    [{ text: 'hostpci0: 01:00.0\nhostpci1: 01:00.1' }, []],
    [{ text: 'hostpci0: mapping=a\nhostpci1: 01:00.0' }, []],
    [{ text: 'hostpci0: 01:00.0\nhostpci1: mapping=a' }, []],
    [{ text: 'hostpci0: 00:02.0,mdev=i915-GVTg_V5_4\nhostpci1: 00:02.0,mdev=i915-GVTg_V5_4' }, []],
    [
      { text: 'hostpci0: 01:00.0\nhostpci1: 01:00.0', facts: { outcome: 'works' } },
      ['config.duplicate-device warning'],
    ],
    [{ text: 'hostpci0: 00:02.0', signals: ['sriov-on'] }, ['config.passes-whole-device cause']],
    [{ text: 'hostpci0: 00:02.0', signals: ['vf-mode'] }, ['config.passes-whole-device cause']],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_PASSED_DEVICES, sketch)).toEqual(expected);
  });
});
