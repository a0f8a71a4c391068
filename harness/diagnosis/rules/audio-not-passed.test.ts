import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { AUDIO_NOT_PASSED } from './audio-not-passed.ts';

describe('sound', () => {
  it.each([
    [{ text: 'hostpci0: 00:02.0' }, ['audio.not-passed info']],
    [{ text: 'hostpci0: 00:02.0', facts: { symptom: 'no-audio' } }, ['audio.not-passed contributing']],
    [{ facts: { symptom: 'no-audio' } }, ['audio.not-passed contributing']],
    [{}, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:1f.3' }, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:1f' }, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:0e.0' }, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:03.0' }, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: mapping=sound' }, []],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:03.01' }, ['audio.not-passed info']],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 0001:00:1f.3' }, ['audio.not-passed info']],
    [{ text: 'hostpci0: 00:02.0\nhostpci1: 00:1f.6' }, ['audio.not-passed info']],
    [{ text: 'hostpci0: 00:02.0', facts: { mode: 'vf' } }, []],
    [{ text: 'hostpci0: 00:02.0', facts: { mode: 'mdev' } }, []],
    [{ text: 'hostpci0: 00:02.1' }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(AUDIO_NOT_PASSED, sketch)).toEqual(expected);
  });
});
