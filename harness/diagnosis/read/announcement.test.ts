import { describe, expect, test } from 'vitest';
import { announcement } from './announcement.ts';

describe('a command whose outcome is told in the same line', () => {
  test.each([
    'apt install pve-qemu-kvm=10.0.2-4 and it is working again',
    'apt upgrade, then nothing works',
    'apt install pve-qemu-kvm=10.0.2-4 -> picture is back',
    'update-grub and reboot: no change',
    'echo 1 > reset -> fails',
    'reboot, but the screen is black',
  ])('is no prompt: %s', (text) => {
    expect(announcement(text)).toBeNull();
  });

  test.each(['apt install pve-qemu-kvm=10.0.2-4', 'update-initramfs -u -k all', '# reboot', 'uname -r'])(
    'a command alone is one: %s',
    (text) => {
      expect(announcement(text)?.by).toBe('prompt');
    },
  );
});
