import { expect, test } from 'vitest';
import type { CheckState } from './check.ts';
import { CHECKS } from './checks.ts';
import { examineHost, type Examination } from './doctor.ts';
import { changed, config, IGPU, READY, rom } from './fixtures/n100-node.ts';
import { recordedHost, type Recording } from './fixtures/recorded-host.ts';

function examined(recording: Recording): Promise<Examination> {
  return examineHost(recordedHost(recording), { vmid: null });
}

function states({ checks }: Examination): Readonly<Record<string, CheckState>> {
  return Object.fromEntries(checks.map(({ check, state }) => [check.id, state]));
}

test('a host where everything is as it should be is ready, and each item is proved', async () => {
  const examination = await examined(READY);
  expect(examination.checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(examination).toMatchObject({
    readiness: 'ready',
    vmid: 103,
    vmFound: 'the only VM that gets a PCI device',
  });
  expect(examination.checks.map(({ check }) => check.id)).toEqual(CHECKS.map(({ id }) => id));
});

const framebuffer = (READY.files['/proc/iomem'] ?? '').replace('vfio-pci', 'BOOTFB');
const CASES: readonly (readonly [string, Recording, string, CheckState, RegExp])[] = [
  [
    'the firmware hides the iGPU',
    changed({ [`${IGPU}/class`]: '0x058000\n' }),
    'igpu',
    'not-ok',
    /firmware set-up/,
  ],
  [
    'the kernel says that the IOMMU is on, but there are no groups',
    changed({
      '/sys/kernel/iommu_groups/0/devices/0000:00:02.0': null,
      '/sys/kernel/iommu_groups/1/devices/0000:00:00.0': null,
    }),
    'iommu',
    'not-ok',
    /VT-d/,
  ],
  [
    'another device shares its group',
    changed(
      { '/sys/kernel/iommu_groups/0/devices/0000:00:1f.3': '' },
      {
        'lspci -nnk':
          '00:02.0 VGA compatible controller [0300]: Intel [8086:46d1]\n00:1f.3 Audio device [0403]: Intel [8086:54c8]\n',
      },
    ),
    'igpu-group',
    'not-ok',
    /00:1f\.3 Audio device/,
  ],
  [
    'only a bridge shares its group',
    changed(
      { '/sys/kernel/iommu_groups/0/devices/0000:00:01.0': '' },
      { 'lspci -nnk': '00:01.0 PCI bridge [0604]: Intel [8086:460d]\n' },
    ),
    'igpu-group',
    'ok',
    /nothing else/,
  ],
  [
    'no interrupt is remapped',
    changed({ '/proc/interrupts': ' 8: 0 IO-APIC 8-edge rtc0\n' }),
    'interrupt-remapping',
    'not-ok',
    /x2APIC/,
  ],
  [
    'no interrupt is remapped, and the host allows it',
    changed({
      '/proc/interrupts': ' 8: 0 IO-APIC 8-edge rtc0\n',
      '/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts': 'Y\n',
    }),
    'interrupt-remapping',
    'ok',
    /allow_unsafe_interrupts:Y/,
  ],
  [
    'i915 has it',
    changed({ [`${IGPU}/driver`]: '-> ../../../bus/pci/drivers/i915' }),
    'driver',
    'not-ok',
    /blacklist i915/,
  ],
  ['no driver has it', changed({ [`${IGPU}/driver`]: null }), 'driver', 'ok', /at the start/],
  [
    'a framebuffer of the host holds a BAR',
    changed({ '/proc/iomem': framebuffer }),
    'bars',
    'not-ok',
    /sysfb_init/,
  ],
  [
    'the kernel shows no addresses',
    changed({ '/proc/iomem': '00000000-00000000 : 0000:00:02.0\n' }),
    'bars',
    'unknown',
    /as root/,
  ],
  [
    'disable_vga is set, and the machine is i440fx',
    changed({
      '/sys/module/vfio_pci/parameters/disable_vga': 'Y\n',
      ...config((text) => text.replace('machine: pc-q35-10.0\n', '').replace('pcie=1,', '')),
    }),
    'disable-vga',
    'not-ok',
    /legacy mode/,
  ],
  [
    'disable_vga is commented out',
    changed({
      '/etc/modprobe.d/vfio.conf': '# options vfio-pci disable_vga=1\n',
      '/sys/module/vfio_pci/parameters/disable_vga': null,
    }),
    'disable-vga',
    'ok',
    /not set/,
  ],
  [
    'it is no VGA controller',
    changed({ [`${IGPU}/class`]: '0x038000\n' }),
    'class',
    'not-ok',
    /primary display/,
  ],
  ['another display is first', changed({ [`${IGPU}/boot_vga`]: '0\n' }), 'primary', 'not-ok', /OpRegion/],
  [
    'virtual functions exist',
    changed({ [`${IGPU}/sriov_numvfs`]: '3\n' }),
    'sr-iov',
    'not-ok',
    /0000:00:02\.1/,
  ],
  [
    'QEMU 9.2 does not know it',
    changed({}, { 'kvm --version': 'QEMU emulator version 9.2.0\n' }),
    'qemu',
    'not-ok',
    /Update QEMU/,
  ],
  [
    'QEMU’s version is not to be had',
    changed({}, { 'kvm --version': null, 'pveversion -v': null }),
    'qemu',
    'unknown',
    /kvm/,
  ],
  [
    'the ROM file is not there',
    changed({ '/usr/share/kvm/igpu.rom': null }),
    'rom',
    'not-ok',
    /\/usr\/share\/kvm/,
  ],
  [
    'the ROM has nothing for UEFI',
    changed({ '/usr/share/kvm/igpu.rom': rom('legacy-only') }),
    'rom',
    'not-ok',
    /UEFI firmware/,
  ],
  [
    'no ROM is given to OVMF',
    changed(config((text) => text.replace('romfile=igpu.rom,', ''))),
    'rom',
    'not-ok',
    /Give it a ROM/,
  ],
  [
    'the agent is not in the config',
    changed({}, { 'qm agent 103 ping': { code: 255, err: 'No QEMU guest agent configured\n' } }),
    'agent',
    'not-ok',
    /--agent 1/,
  ],
  [
    'the VM does not run',
    changed({}, { 'qm agent 103 ping': { code: 2, err: 'VM 103 is not running\n' } }),
    'agent',
    'unknown',
    /Start the VM/,
  ],
];

test.each(CASES)('%s', async (_, recording, id, state, words) => {
  const { checks } = await examined(recording);
  const looked = checks.find(({ check }) => check.id === id);
  expect(looked?.state).toBe(state);
  expect([looked?.says, ...(looked?.proof ?? []), ...(looked?.change ?? [])].join('\n')).toMatch(words);
});

const VF = changed({
  ...config((text) => text.replace('0000:00:02.0,pcie=1,romfile=igpu.rom,x-vga=1', '0000:00:02.1,pcie=1')),
  [`${IGPU}/driver`]: '-> ../../../bus/pci/drivers/i915',
  [`${IGPU}/sriov_numvfs`]: '1\n',
  '/sys/bus/pci/devices/0000:00:02.1/class': '0x030000\n',
  '/sys/bus/pci/devices/0000:00:02.1/vendor': '0x8086\n',
  '/sys/bus/pci/devices/0000:00:02.1/device': '0x46d1\n',
  '/sys/bus/pci/devices/0000:00:02.1/physfn': '-> ../0000:00:02.0',
  '/sys/bus/pci/devices/0000:00:02.1/resource': '0x0000006010000000 0x0000006010ffffff 0x0000000000140204\n',
  '/sys/kernel/iommu_groups/14/devices/0000:00:02.1': '',
});

test('a virtual function needs other things than the whole device', async () => {
  const examination = await examined(VF);
  expect(states(examination)).toMatchObject({
    driver: 'ok',
    'igpu-group': 'ok',
    class: 'not-asked',
    primary: 'not-asked',
    rom: 'not-asked',
    'sr-iov': 'ok',
  });
  expect(examination.readiness).toBe('ready');
});

test('a physical function on vfio-pci makes no virtual ones', async () => {
  const recording = {
    ...VF,
    files: { ...VF.files, [`${IGPU}/driver`]: '-> ../../../bus/pci/drivers/vfio-pci' },
  };
  expect(states(await examined(recording))).toMatchObject({ driver: 'not-ok' });
});

test('a host that shows nothing at all is not known to be anything but without an IOMMU', async () => {
  const examination = await examined({ files: {}, commands: {} });
  expect(examination.checks.filter(({ state }) => state === 'ok')).toEqual([]);
  expect(examination.checks.filter(({ state }) => state === 'not-ok').map(({ check }) => check.id)).toEqual([
    'iommu',
  ]);
  expect(states(examination)).toMatchObject({ igpu: 'unknown', rom: 'not-asked', agent: 'not-asked' });
});

test('several VMs with a device are named, and none is chosen', async () => {
  const two = changed({ '/etc/pve/qemu-server/105.conf': 'hostpci0: 0000:00:02.0\n' });
  expect((await examined(two)).vmFound).toMatch(/103, 105/);
});
