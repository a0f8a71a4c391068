import { describe, expect, test } from 'vitest';
import { readStatement } from '../statement.ts';

function outcomes(text: string): readonly unknown[] {
  return readStatement(text).facts.flatMap(({ key, value }) => (key === 'outcome' ? [value] : []));
}

describe('what only sounds like success is none', () => {
  test.each([
    'ran update-grub',
    'I ran update-initramfs -u and rebooted',
    'then ran proxmox-boot-tool refresh',
    'ran the installer as administrator',
    'ran apt full-upgrade, rebooted',
    'ran DDU twice',
    'yes, added it',
    'yes',
    'VT-d enabled: yes',
    'headers installed? yes',
    'must I keep the vga: none? yes?',
    'SMART is ok',
    'memtest passed, cables are fine',
    'the sha256 is correct',
    'forum people blame my rom, but sha ok',
    'size matches',
    'added it',
    'checked twice',
    'VT-d is fine',
    'other VMs are ok',
  ])('%s', (text) => {
    expect(outcomes(text)).toEqual([]);
  });
});

describe('success stays', () => {
  test.each([
    'yes, it works',
    'picture: yes',
    'ran flawlessly, works since',
    'HDMI is ok',
    'passthrough ok, driver ok',
    'sound and picture are fine',
    'the iGPU works, SMART is ok as well',
  ])('%s', (text) => {
    expect(outcomes(text)).toContain('works');
  });
});
