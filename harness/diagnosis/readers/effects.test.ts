import { describe, expect, it } from 'vitest';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { effectsIn } from './effects.ts';
import { partOf } from './part.fixture.ts';

const tells = (text: string) => effectsIn(partOf('facts', text)).length > 0;

describe('success is told by its effect', () => {
  it.each([
    'the VM has been running for 5 weeks',
    'stable for two months',
    'in daily use',
    'HDMI: picture right from the BIOS logo on',
    'Windows VM boots every time',
    'guest driver xe claims the iGPU',
    'QSV confirmed with vainfo',
    'Quick Sync bestätigt',
    'renderD128 passed into the Jellyfin container',
    'plays 4K HDR',
    '6 parallel transcodes',
    '实测直通成功',
    'Windows 11 运行正常',
    '問題なく使える',
    'エンコードの動作確認済み',
    'obraz i dźwięk, wszystko działa',
    'läuft seit Mai stabil',
    'проброс работает нормально',
    'tout fonctionne',
    'todo funciona',
  ])('%s', (text) => {
    expect(tells(text)).toBe(true);
  });

  it.each([
    'the VM should run for weeks',
    'until the update it was running for 5 weeks',
    'no picture from the BIOS logo on',
    'does it boot every time?',
    'QSV not verified',
    'the host has been up for 3 weeks',
    '无法正常使用',
    'nie działa',
    'funktioniert nicht gut',
    'не работает нормально',
    'ne fonctionne pas bien',
    '動作しません',
    'i want 4 parallel transcodes',
  ])('and not by %s', (text) => {
    expect(tells(text)).toBe(false);
  });

  it('only where nobody complains', () => {
    const given = (line: string) => diagnosed({ 'facts.txt': `i5-8500, Windows 11\nplays 4K\n${line}` });
    expect(given('ROM from the release').findings[0]?.id).toBe('works');
    expect(given('Code 43').findings[0]?.id).not.toBe('works');
  });
});
