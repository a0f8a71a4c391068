import { describe, expect, test } from 'vitest';
import { partOf } from '../part.fixture.ts';
import { signsIn } from '../signs.ts';

function said(text: string): readonly unknown[] {
  return signsIn(partOf('facts', text)).map(({ value }) => value);
}

describe('the host loses another device', () => {
  test.each([
    'starting it makes the host unreachable, but the VM continues on the TV',
    'the node is offline while the guest keeps running',
    'ahci 0000:00:12.0 is taken by vfio-pci right before',
    'the boot SSD was claimed by vfio-pci',
    'vfio-pci grabs the SATA controller as well',
    'r8169 bound to vfio-pci when the VM starts',
    'group 0 holds 00:02.0 as well as the SATA controller',
    'IOMMU group 2 contains the iGPU and the ethernet card',
    'the network is gone as soon as I start the VM with the iGPU',
    'vfio took the NVMe',
  ])('%s', (text) => {
    expect(said(text)).toContain('device-lost');
  });

  test.each([
    'whenever the VM starts the complete server dies, no ssh',
    'the host freezes when the VM starts, ssh is gone',
    'at VM start the whole machine is dead: no ping, no ssh, nothing; network lost',
    'the second NIC is bound to vfio-pci on purpose',
    'the NVMe is not taken by vfio-pci',
  ])('no other device, where all is lost or it is meant: %s', (text) => {
    expect(said(text)).not.toContain('device-lost');
  });
});
