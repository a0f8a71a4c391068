import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../vmconfig/any-text.fixture.ts';
import { textPart } from '../fixtures/part.ts';
import { readLibvirtDomain } from './libvirt-domain.ts';

const read = (text: string) => readLibvirtDomain(textPart('libvirt-xml', text));

function setupOf(text: string) {
  const { setup } = read(text);
  if (setup === null) throw new Error('no setup was read');
  return setup;
}

const HOSTDEV = `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
  </source>
  <alias name="ua-igpu"/>
  <rom bar='on' file='/usr/share/kvm/igd&amp;1.rom'/>
  <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
</hostdev>`;

const DOMAIN = `<?xml version="1.0"?>
<!-- <hostdev type='pci'/> -->
<domain xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0" type="kvm">
  <metadata><libosinfo:libosinfo xmlns:libosinfo="x"><libosinfo:os id="http://microsoft.com/win/11"/></libosinfo:libosinfo></metadata>
  <memory unit="KiB">8388608</memory>
  <currentMemory unit="KiB">4194304</currentMemory>
  <os firmware="efi"><type arch="x86_64" machine="pc-q35-9.2">hvm</type></os>
  <features><hyperv><vendor_id state="on" value="abc"/></hyperv><kvm><hidden state="on"/></kvm><ioapic driver="kvm"/></features>
  <cpu mode="host-passthrough" check="none"><maxphysaddr mode="passthrough" limit="39"/><feature policy="disable" name="hypervisor"/></cpu>
  <devices>
    <controller type="pci" index="1" model="pcie-root-port"><address type="pci" domain="0x0000" bus="0x00" slot="0x02" function="0x1"/></controller>
    <hostdev mode="subsystem" type="usb"/>
    ${HOSTDEV}
    <video><model type="qxl"/><address type="pci" bus="0x00" slot="0x01"/></video>
    <memballoon model="virtio"/>
  </devices>
  <qemu:override>
    <qemu:device alias="ua-igpu">
      <qemu:frontend>
        <qemu:property name="x-igd-opregion" type="bool" value="true"/>
        <qemu:property name="x-igd-gms" type="unsigned" value="4"/>
      </qemu:frontend>
    </qemu:device>
  </qemu:override>
</domain>`;

describe('readLibvirtDomain', () => {
  it('reads a whole domain', () => {
    const setup = setupOf(DOMAIN);
    expect([setup.machine, setup.firmware, setup.memory, setup.ballooning, setup.display]).toEqual([
      { type: 'q35', version: '9.2' },
      'ovmf',
      8192,
      true,
      'qxl',
    ]);
    expect(setup.cpu).toEqual({
      model: 'host',
      hidden: true,
      hypervisorBitOff: true,
      hvVendorId: 'abc',
      vendor: null,
      physBits: null,
      hostPhysBits: true,
      physBitsLimit: 39,
    });
    expect(setup.taken.map(({ slot, by }) => [slot, by])).toEqual([
      [2, 'controller 1 pcie-root-port'],
      [1, 'video qxl'],
    ]);
    expect(setup.typed?.map(({ name, type, value }) => [name, type, value])).toEqual([
      ['x-igd-opregion', 'boolean', 'on'],
      ['x-igd-gms', 'number', '4'],
    ]);
    expect(Object.fromEntries(setup.devices[0]?.properties ?? [])).toEqual({
      host: '0000:00:02.0',
      bus: 'pcie.0',
      addr: '0x2.0',
      romfile: '/usr/share/kvm/igd&1.rom',
      'x-igd-opregion': 'on',
      'x-igd-gms': '4',
    });
    expect(setup.devices[0]).toMatchObject({ name: 'ua-igpu', guest: { slot: 2, function: 0 }, pcie: false });
    expect(setup.devices[0]?.quote).toMatchObject({ line: 13 });
  });

  it('tells the facts that follow', () => {
    const facts = Object.fromEntries(read(DOMAIN).facts.map(({ key, value }) => [key, value]));
    expect(facts).toMatchObject({ hypervisor: 'libvirt', guestOs: 'windows', mode: 'whole', romGiven: true });
  });

  it.each([HOSTDEV, HOSTDEV.slice(0, -12), `here it is: ${HOSTDEV} and no more`])(
    'reads a piece (%#)',
    (text) => {
      expect(setupOf(text).devices[0]).toMatchObject({
        host: '0000:00:02.0',
        romfile: '/usr/share/kvm/igd&1.rom',
      });
    },
  );

  it('counts devices without an alias as libvirt does', () => {
    const usb = "<hostdev type='usb'/>";
    expect(setupOf(usb + HOSTDEV.replace(/<alias.*>/, '')).devices[0]?.name).toBe('hostdev1');
  });

  it('reads a mediated device and arguments of QEMU', () => {
    const setup =
      setupOf(`<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='4b20d080-1b54-4048-85b3-a6a62d165c01'/></source></hostdev>
<ns0:commandline xmlns:ns0="x"><ns0:arg value='-set'/><ns0:arg value='device.hostdev0.x-igd-opregion=on'/></ns0:commandline>`);
    expect(setup.devices[0]).toMatchObject({ mdev: '4b20d080-1b54-4048-85b3-a6a62d165c01', host: null });
    expect(setup.devices[0]?.properties.get('x-igd-opregion')).toBe('on');
    expect(setup.args?.words).toEqual(['-set', 'device.hostdev0.x-igd-opregion=on']);
  });

  it('is not led astray by entities', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(100)}">]><domain><os><type machine="&a;&a;">hvm</type></os></domain>`;
    expect(setupOf(bomb).machine.type).toBeNull();
  });

  it('takes any text', () => {
    const piece = fc.constantFrom(
      '<hostdev ',
      "type='pci'",
      '>',
      '</',
      '<!--',
      '<cpu/>',
      '"',
      '<address ',
      '&#xffffff;',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, anyText)), (pieces) => {
        read(pieces.join(''));
      }),
    );
  });

  it('reads no more devices than a machine can have', () => {
    expect(setupOf(HOSTDEV.repeat(1_000)).devices).toHaveLength(64);
  });

  it('takes a deep and a long text', () => {
    expect(read('<os>'.repeat(50_000)).setup).not.toBeNull();
    expect(read(`<domain ${'a="b" '.repeat(50_000)}>`).setup).not.toBeNull();
  });
});
