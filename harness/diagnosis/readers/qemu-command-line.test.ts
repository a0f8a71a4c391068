import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../vmconfig/any-text.fixture.ts';
import { textPart } from '../fixtures/part.ts';
import { readQemuCommandLine } from './qemu-command-line.ts';

const read = (text: string) => readQemuCommandLine(textPart('qemu-command-line', text));

function setupOf(text: string) {
  const { setup } = read(text);
  if (setup === null) throw new Error('no setup was read');
  return setup;
}

const SHOWCMD = `/usr/bin/kvm \\
  -id 103 \\
  -name 'win11,debug-threads=on' \\
  -pidfile /var/run/qemu-server/103.pid \\
  -blockdev 'driver=raw,node-name=pflash0,file.driver=file,file.filename=/usr/share/pve-edk2-firmware//OVMF_CODE_4M.secboot.fd' \\
  -vga none \\
  -nographic \\
  -cpu 'host,hv_vendor_id=proxmox,kvm=off' \\
  -m 8192 \\
  -device 'vfio-pci,host=0000:00:02.0,id=hostpci0,bus=ich9-pcie-port-1,addr=0x0,romfile=/usr/share/kvm/igd.rom' \\
  -device 'virtio-net-pci,id=net0,bus=pci.0,addr=0x12' \\
  -machine 'pflash0=pflash0,type=pc-q35-9.2+pve1' \\
  -set device.hostpci0.bus=pcie.0 \\
  -set device.hostpci0.addr=0x02.0`;

const LIBVIRT_LOG = `2025-01-02 03:04:05.678+0000: starting up libvirt version: 11.3.0, qemu version: 10.0.2
LC_ALL=C \\
PATH=/usr/sbin:/usr/bin \\
/usr/bin/qemu-system-x86_64 \\
-name guest=win11,debug-threads=on \\
-machine pc-q35-10.0,usb=off,vmport=off \\
-nodefaults \\
-device '{"driver":"pcie-root-port","port":16,"chassis":1,"id":"pci.1","bus":"pcie.0","multifunction":true,"addr":"0x2"}' \\
-device '{"driver":"qxl-vga","id":"video0","bus":"pcie.0","addr":"0x1"}' \\
-device '{"driver":"vfio-pci","host":"0000:00:02.0","id":"hostdev0","bus":"pcie.0","addr":"0x2.0x0","x-igd-legacy-mode":false}'
2025-01-02T03:04:06.000000Z qemu-system-x86_64: -device {"driver":"vfio-pci","host":"0000:01:00.0"}: no`;

describe('readQemuCommandLine', () => {
  it('reads what qm showcmd prints, over many lines or in one', () => {
    for (const text of [SHOWCMD, SHOWCMD.replaceAll('\\\n', '')]) {
      const setup = setupOf(text);
      expect(setup.devices[0]).toMatchObject({
        name: 'hostpci0',
        host: '0000:00:02.0',
        romfile: 'igd.rom',
        guest: { bus: 'pcie.0', slot: 2, function: 0 },
      });
      expect([setup.machine, setup.firmware, setup.display, setup.memory]).toEqual([
        { type: 'q35', version: '9.2' },
        'ovmf',
        'none',
        8192,
      ]);
      expect(setup.cpu).toMatchObject({ model: 'host', hidden: true, hvVendorId: 'proxmox' });
    }
    expect(setupOf(SHOWCMD).devices[0]?.quote.line).toBe(10);
  });

  it('reads libvirt’s log, and not what QEMU said after it', () => {
    const setup = setupOf(LIBVIRT_LOG);
    expect(setup.devices.map(({ host }) => host)).toEqual(['0000:00:02.0']);
    expect(setup.devices[0]?.properties.get('x-igd-legacy-mode')).toBe('off');
    expect(setup.typed).toContainEqual(
      expect.objectContaining({ device: 'hostdev0', name: 'x-igd-legacy-mode', type: 'boolean' }),
    );
    expect(setup.taken.map(({ slot, by }) => [slot, by])).toEqual([
      [2, 'pci.1'],
      [1, 'video0'],
    ]);
    expect(setup.display).toBe('qxl');
  });

  it.each([
    [SHOWCMD, 'proxmox'],
    [LIBVIRT_LOG, 'libvirt'],
    ['qemu-system-x86_64 -device vfio-pci,host=00:02.0', 'qemu'],
  ])('tells who wrote it (%#)', (text, hypervisor) => {
    expect(read(text).facts.find(({ key }) => key === 'hypervisor')?.value).toBe(hypervisor);
  });

  it('reads a process list, where JSON has no quotes around it', () => {
    const line =
      'root 1 0.0 qemu-system-x86_64 -machine q35 -device {"driver":"vfio-pci","host":"00:02.0","addr":"0x2"} -nodefaults';
    expect(setupOf(line).devices[0]).toMatchObject({ host: '0000:00:02.0', guest: { slot: 2 } });
  });

  it('takes the last of several commands', () => {
    const both = `qemu-system-x86_64 -device vfio-pci,host=01:00.0\nqemu-system-x86_64 -device vfio-pci,host=00:02.1`;
    expect(setupOf(both).devices.map(({ host }) => host)).toEqual(['0000:00:02.1']);
  });

  it('knows QEMU’s own display and machine', () => {
    const setup = setupOf('qemu-system-x86_64 -device vfio-pci,host=00:02.0,addr=0x02');
    expect([setup.machine.type, setup.display, setup.firmware]).toEqual(['i440fx', 'std', 'seabios']);
    expect(setup.taken.map(({ slot }) => slot)).toEqual([2]);
  });

  it('takes options without a command, such as a line of somebody’s script', () => {
    const setup = setupOf(
      '  -device vfio-pci,host=00:02.0,x-vga=on,romfile=/opt/igd.rom \\\n  -cpu host,-hypervisor',
    );
    expect(setup.devices[0]).toMatchObject({ xVga: true, romfile: '/opt/igd.rom' });
    expect([setup.machine.type, setup.display, setup.cpu.hypervisorBitOff]).toEqual([null, null, true]);
  });

  it('says nothing of a text that is no command', () => {
    expect(read('kvm is a hypervisor - I think').setup).toBeNull();
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('kvm -device ', '{"', "'", '\\\n', '-set ', ','), anyText)),
        (words) => {
          read(words.join(''));
        },
      ),
    );
  });
});
