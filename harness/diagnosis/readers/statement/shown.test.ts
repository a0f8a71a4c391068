import { describe, expect, test } from 'vitest';
import { readStatement } from '../statement.ts';

function outcomes(text: string): readonly unknown[] {
  return readStatement(text).facts.flatMap(({ key, value }) => (key === 'outcome' ? [value] : []));
}

describe('success that is told by what is seen', () => {
  test.each([
    'the guest drives the living room TV',
    'VM now drives both monitors',
    'the iGPU feeds my projector',
    'it happily drives a 4K screen',
    'picture from POST on',
    'image on HDMI from the first second',
    'picture on DP from OVMF on',
    'everything usable',
    'the desktop is fluid',
    'Everything runs: 4K, sound, transcoding',
    'transcodes 4 streams',
    'transcoding three 1080p streams',
    'my i3-9100 node: works like a charm',
    'this N305 box runs fine',
    'now Intel UHD Graphics 770, no exclamation mark',
  ])('%s', (text) => {
    expect(outcomes(text)).toEqual(['works']);
  });

  test.each([
    'no picture from POST on',
    'the host drives the monitor',
    'the desktop is not usable',
    'transcodes 4 streams in software',
    'the node works',
    'everything runs in software',
    'now Intel UHD Graphics with code 43',
  ])('no success: %s', (text) => {
    expect(outcomes(text)).not.toContain('works');
  });
});
