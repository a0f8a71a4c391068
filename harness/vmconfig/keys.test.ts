import { describe, expect, it } from 'vitest';
import { classOfKey } from './keys.ts';

describe('classOfKey', () => {
  it.each([
    [
      'under-test',
      'bios machine cpu hostpci0 hostpci15 args vga balloon cores sockets memory numa numa0 numa7 ostype agent',
    ],
    [
      'guest',
      'scsi0 ide2 sata5 virtio15 efidisk0 tpmstate0 unused7 net0 scsihw smbios1 vmgenid meta name boot usb0',
    ],
    ['refused', 'hookscript lock protection parallel0'],
    ['unknown', 'hostpci hostpci16 hostpci00 scsi31 kvm freeze virtiofs0 numa8 constructor toString x'],
  ])('calls these keys %s: %s', (keyClass, keys) => {
    expect(keys.split(' ').filter((key) => classOfKey(key) !== keyClass)).toEqual([]);
  });
});
