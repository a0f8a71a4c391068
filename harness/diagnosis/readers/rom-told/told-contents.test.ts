import { describe, expect, test } from 'vitest';
import { partOf } from '../part.fixture.ts';
import { romToldIn } from '../rom-told.ts';

function states(text: string): readonly unknown[] {
  return romToldIn(partOf('facts', text)).flatMap(({ key, value }) => (key === 'romState' ? [value] : []));
}

describe('what is told of a ROM file', () => {
  test.each([
    ['head -c 64 /usr/share/kvm/a.rom: <!DOCTYPE html><html lang="en">', 'no-rom'],
    ['cat gop.rom prints <html> and so on', 'no-rom'],
    ['the rom holds: version https://git-lfs.github.com/spec/v1', 'no-rom'],
    ['debugcon: IntelGop: unsupported device 8086:46A6 with this rom', 'other-generation'],
    ['the GOP does not support this device id', 'other-generation'],
    ['the GOP rejects my iGPU', 'other-generation'],
    ['strings and grep for etc/igd-opregion in the rom: nothing found', 'gop-only'],
    ['grep etc/igd-bdsm-size my.rom gives no match', 'gop-only'],
    ['built the rom myself, result 9728 bytes', 'cut-off'],
    ['my own rom build came out with 8 KB', 'cut-off'],
  ] as const)('%s', (text, state) => {
    expect(states(text)).toContain(state);
  });

  test.each([
    'built the rom myself, result 152 KB',
    'the rom is 20480 bytes',
    'rom for 4k TV',
    'grep etc/igd-opregion my.rom: found twice',
    'the GOP supports this device',
  ])('nothing is wrong: %s', (text) => {
    expect(states(text)).toEqual([]);
  });
});
