import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { withProperty } from './edit.ts';
import { N100 } from './n100.fixture.ts';
import { parseVmConfig } from './parse.ts';
import { canonicalGuest } from './canonical-guest.ts';
import { canonicalUnderTest, underTest } from './under-test.ts';

describe('underTest', () => {
  it('keeps what is tried out and leaves identity and storage to the guest', () => {
    expect(underTest(parseVmConfig(N100)).map(({ key }) => key)).toEqual(
      'agent args balloon bios cores cpu hostpci0 machine memory numa ostype sockets vga'.split(' '),
    );
  });
});

describe('canonicalUnderTest', () => {
  it('does not change with order, spelling, comments or what belongs to the guest', () => {
    const lines = N100.trim().split('\n');
    const [agent = ''] = lines;
    const respelled = [...lines.slice(1).toReversed(), '# note', agent, 'onboot: 1', '']
      .join('\r\n')
      .replace('name: win11-iot', 'name: other')
      .replace('0000:00:02.0,romfile=12-n100-q10.rom,pcie=1,x-vga=1', 'x-vga=on,pcie=yes,host=00:02.0')
      .replace(
        '-set device.hostpci0.addr=0x02.0',
        "-set  'device.hostpci0.addr=9' -set device.hostpci0.addr=0x02.0",
      );
    expect(canonicalUnderTest(respelled)).toBe(canonicalUnderTest(N100));
  });

  it.each([
    ['machine', 'pc'],
    ['hostpci0.rombar', '0'],
    ['cpu', 'host'],
    ['args', '-set device.hostpci0.bus=pcie.0'],
    ['balloon', null],
  ])('changes when %s becomes %s', (path, value) => {
    expect(canonicalUnderTest(withProperty(N100, path, value))).not.toBe(canonicalUnderTest(N100));
  });

  it('holds no white space, and no value can look like another key', () => {
    expect(canonicalUnderTest('vga: none|cores:2')).not.toBe(canonicalUnderTest('vga: none\ncores: 2'));
    fc.assert(
      fc.property(anyText, (value) => {
        expect(canonicalUnderTest(`args: ${value}\nmachine: ${value}`)).not.toMatch(/\s/u);
      }),
    );
  });
});

describe('canonicalGuest', () => {
  const same = (a: string, b: string): boolean => canonicalGuest(a) === canonicalGuest(b);

  it('does not count names, volumes, the spelling of a size, and MAC addresses', () => {
    expect(same('scsi0: local:8,ssd=1\nname: a', 'name: b\nscsi0: fast:vm-1-disk-0,ssd=on,size=8G')).toBe(
      true,
    );
    expect(same('net0: virtio=BC:24:11:00:00:01,bridge=vmbr0', 'net0: virtio=BC:24:11:00:00:02')).toBe(true);
  });

  it.each([
    ['scsi0: local:8', 'ide0: local:8'],
    ['scsi0: local:8', 'scsi0: local:9'],
    ['scsi0: local:8', 'scsi0: local:8,ssd=1'],
    ['scsihw: pvscsi', 'scsihw: lsi'],
    ['net0: virtio=BC:24:11:00:00:01', 'net0: e1000=BC:24:11:00:00:01'],
    ['tpmstate0: local:1,version=v2.0', 'tpmstate0: local:1'],
  ])('tells %j from %j', (a, b) => {
    expect(same(a, b)).toBe(false);
  });
});
