import { describe, expect, test } from 'vitest';
import { comparedIn } from '../compared.ts';
import { partOf } from '../part.fixture.ts';

function found(text: string): readonly unknown[] {
  return [...new Set(comparedIn(partOf('facts', text)).map(({ value }) => value))];
}

describe('going back shows what is at fault', () => {
  test.each([
    [
      'kernel 6.8.12-9 -> 6.8.12-13 this week\nWin 11 VM: Code 43\nbooting the old kernel is fine',
      'host-kernel',
    ],
    [
      'lts 6.12.30-1 -> 6.12.31-1\nguest hangs at black screen\ndowngraded only linux-lts to 6.12.30-1: ok',
      'host-kernel',
    ],
    [
      'Linux 6.11 → 6.12 on the host\nthe guest freezes\nold kernel from the GRUB menu: no freeze',
      'host-kernel',
    ],
    [
      'updated host kernel 6.14.8-2-pve to 6.14.11-1-pve\nno picture\n6.14.8-2-pve pinned: all good',
      'host-kernel',
    ],
    ['the VM is black since Monday\nwith the previous kernel it works', 'host-kernel'],
    ['Code 43\nrolled back to the older kernel and the picture is back', 'host-kernel'],
    ['pve-qemu-kvm 9.2.0-5 -> 10.0.2-1\nVM does not start\ngoing back to 9.2.0-5 helps', 'qemu'],
    ['upgraded qemu from 8.2.2 to 9.0.0\nVM is black\nrolled back qemu, fine again', 'qemu'],
    ['qemu 9.1.0 => 9.2.0: Code 43\nqemu 9.1.0: fine', 'qemu'],
    ['black screen since today\nqemu downgrade works', 'qemu'],
    [
      'apt: pve-qemu-kvm 10.0.2-4 → 10.1.0-1, same kernel\nVM hangs\nreinstalled 10.0.2-4 and the same VM works',
      'qemu',
    ],
    ['PVE 8.3 -> 8.4\nCode 43\nbooted the previous kernel: same\nbooted with older qemu: works', 'qemu'],
    [
      'pve-qemu-kvm 9.2.0-5 -> 10.0.2-1, kernel the same\nVM hangs at start since then, downgrade of pve-qemu-kvm to 9.2.0-5 and it’s back',
      'qemu',
    ],
    ['pve-qemu-kvm 10.0.2-4 -> 10.1.2-1\nCode 43\npve-qemu-kvm 10.0.2-4 put back: picture again', 'qemu'],
    ['qemu 10.0 -> 10.1\nthe VM freezes\nreverted qemu, everything back to normal', 'qemu'],
    ['qemu 9.2 to 10.1, VM black, went back and the picture came back', 'qemu'],
    ['Code 43 since Tuesday\ndowngraded qemu: did not happen again', 'qemu'],
    [
      'kernel 6.11.0-2: VM with iGPU hangs the host\nbooting 6.8.12-11 again: everything ok for a week',
      'host-kernel',
    ],
    [
      'opt-in kernel 6.14.8-2-bpo12: the guest freezes at stop\non 6.8.12-10 all fine for days',
      'host-kernel',
    ],
  ])('%s', (text, fault) => {
    expect(found(text)).toEqual([fault]);
  });
});

describe('nothing is shown', () => {
  test.each([
    ['where it works now', 'kernel 6.8.12-9 -> 6.8.12-13\nCode 43\nback on the old kernel, works now'],
    ['where the old one fails, too', 'kernel 6.8.12-9 -> 6.8.12-13\nCode 43\nold kernel: same'],
    ['where the old one shows the same code', 'qemu 9.0 -> 9.2\nCode 43\ndowngraded qemu: still Code 43'],
    ['by what is planned', 'kernel 6.8.12-9 -> 6.8.12-13\nCode 43\nI will try the old kernel'],
    ['by what is asked', 'kernel 6.8.12-9 -> 6.8.12-13\nCode 43\nis the old kernel fine?'],
    ['where nothing fails', 'kernel 6.8.12-9 -> 6.8.12-13\nthe old kernel works'],
    ['of a BIOS', 'BIOS 1.20 -> 1.24\nblack screen\nback to 1.20: fine'],
    ['of a guest’s kernel', 'guest kernel 6.1.0 -> 6.12.1\nno picture\nguest kernel 6.1.0: fine'],
    ['of memory', 'memory 2.5 - 4.5 GB\nCode 43\n2.5 GB is fine'],
  ])('%s', (_why, text) => {
    expect(found(text).filter((one) => one === 'host-kernel' || one === 'qemu')).toEqual([]);
  });
});

test('one more release that fails does not clear the kernel', () => {
  expect(
    found('kernel 6.8.4-2-pve: black screen\nbooted 6.5.13-5-pve: picture is back\n6.8.4-3-pve also black'),
  ).toEqual(['host-kernel']);
});
