import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeTo, controlConfig, differences, type Placed, wantedConfig } from './wanted-config.ts';

const CONFIG = `bios: ovmf
machine: pc-q35-10.0
cpu: host,hidden=1
hostpci0: 0000:00:02.0,pcie=1,romfile=n100.rom,x-vga=1
args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0
vga: none
`;
const PLACED: Placed = {
  igpuAddress: '0000:00:02.0',
  romSlot: 'code43-0123456789ab.rom',
  monitor: '/run/code43/9100.qmp',
};
const MONITOR = '-qmp unix:/run/code43/9100.qmp,server=on,wait=off';

test('what is under test comes with the slot in place of the ROM and our monitor behind its args', () => {
  expect(Object.fromEntries(wantedConfig(CONFIG, PLACED))).toEqual({
    bios: 'ovmf',
    machine: 'pc-q35-10.0',
    cpu: 'host,hidden=1',
    hostpci0: '0000:00:02.0,pcie=1,romfile=code43-0123456789ab.rom,x-vga=1',
    args: `-set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 ${MONITOR}`,
    vga: 'none',
  });
});

test('a romfile that -set gives is the whole path, since QEMU gets it as it is', () => {
  const bySet = 'hostpci0: 0000:00:02.0\nargs: -set device.hostpci0.romfile=n100.rom\n';
  expect(wantedConfig(bySet, PLACED).get('args')).toBe(
    `-set device.hostpci0.romfile=/usr/share/kvm/code43-0123456789ab.rom ${MONITOR}`,
  );
  expect(wantedConfig(bySet, { ...PLACED, romSlot: null }).get('args')).toContain('romfile=n100.rom');
});

test('a control has neither the device nor anything that args say of it', () => {
  const control = controlConfig(CONFIG, PLACED);
  expect(control.has('hostpci0')).toBe(false);
  expect(control.get('args')).toBe(MONITOR);
  expect(control.get('bios')).toBe('ovmf');
});

test('keys under test that nobody asked for go, but what makes the guest big enough stays, and so do its disks', () => {
  const now = new Map([
    ['memory', '8192'],
    ['cores', '4'],
    ['agent', '1'],
    ['ostype', 'win11'],
    ['hostpci1', '0000:00:1f.3'],
    ['args', '-S'],
    ['scsi0', 'local-lvm:vm-9000-disk-0,size=64G'],
    ['efidisk0', 'local-lvm:vm-9000-disk-1'],
    ['description', 'Made by hand'],
    ['cpu', 'hidden=1,cputype=host'],
  ]);
  const { set = {}, remove } = changeTo(wantedConfig(CONFIG, PLACED), now);
  expect(remove).toEqual(['hostpci1']);
  expect(Object.keys(set).sort()).toEqual(['args', 'bios', 'hostpci0', 'machine', 'vga']);
});

test('what was applied has no difference left, and what the node changed is named', () => {
  const wanted = wantedConfig(CONFIG, PLACED);
  expect(differences(wanted, wanted)).toEqual([]);
  const reordered = new Map(wanted).set(
    'hostpci0',
    'host=0000:00:02.0,x-vga=1,romfile=code43-0123456789ab.rom,pcie=1',
  );
  expect(differences(wanted, reordered)).toEqual([]);
  expect(differences(wanted, new Map(wanted).set('vga', 'std'))).toEqual(['vga: wanted none, has std']);
});

test('no config whatever makes it touch identity or storage', () => {
  const key = fc.constantFrom(
    'scsi0',
    'net0',
    'name',
    'smbios1',
    'vmgenid',
    'efidisk0',
    'hookscript',
    'lock',
    'cpu',
    'hostpci3',
  );
  fc.assert(
    fc.property(fc.string(), fc.array(fc.tuple(key, fc.string({ minLength: 1 }))), (text, entries) => {
      const { set = {}, remove = [] } = changeTo(wantedConfig(text, PLACED), new Map(entries));
      for (const touched of [...Object.keys(set), ...remove]) {
        expect(touched).toMatch(
          /^(?:bios|machine|cpu|hostpci\d+|args|vga|balloon|cores|sockets|memory|numa\d*|ostype|agent)$/,
        );
      }
    }),
  );
});
