import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../vmconfig/any-text.fixture.ts';
import { N100 } from '../../vmconfig/n100.fixture.ts';
import { textPart } from '../fixtures/part.ts';
import { readProxmoxConfig } from './proxmox-config.ts';

const part = (text: string) => textPart('proxmox-config', text, '103.conf');

function setupOf(text: string) {
  const { setup } = readProxmoxConfig(part(text));
  if (setup === null) throw new Error('no setup was read');
  return setup;
}

const facts = (text: string) =>
  Object.fromEntries(readProxmoxConfig(part(text)).facts.map(({ key, value }) => [key, value]));

describe('readProxmoxConfig', () => {
  it('gives the device as QEMU gets it, with what args sets on it', () => {
    const setup = setupOf(N100);
    const [device] = setup.devices;
    expect(setup.machine).toEqual({ type: 'q35', version: '10.0' });
    expect(device?.guest).toEqual({ bus: 'pcie.0', slot: 2, function: 0 });
    expect(Object.fromEntries(device?.properties ?? [])).toEqual({
      host: '0000:00:02.0',
      bus: 'pcie.0',
      addr: '0x02.0',
      romfile: '/usr/share/kvm/12-n100-q10.rom',
      'x-igd-gms': '0x2',
      'x-igd-opregion': 'on',
    });
    expect(device?.romfile).toBe('12-n100-q10.rom');
    expect([device?.xVga, device?.pcie, device?.allFunctions, device?.rombar]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(device?.quote.line).toBe(9);
    expect(setup.cpu).toMatchObject({ model: 'host', hidden: true, hvVendorId: 'proxmox' });
    expect([setup.display, setup.firmware, setup.memory, setup.ballooning]).toEqual([
      'none',
      'ovmf',
      8192,
      true,
    ]);
  });

  it('tells the facts that follow', () => {
    expect(facts(N100)).toEqual({
      hypervisor: 'proxmox',
      machine: 'q35',
      firmware: 'ovmf',
      guestOs: 'windows',
      address: '0000:00:02.0',
      mode: 'whole',
      romGiven: true,
      romName: '12-n100-q10.rom',
    });
  });

  it('takes nothing from snapshots and from what is pending', () => {
    const setup = setupOf(
      `hostpci0: 00:02.0\nmachine: q35\n\n[PENDING]\nmachine: pc\n\n[before]\nhostpci1: 01:00.0\n`,
    );
    expect(setup.devices.map(({ name }) => name)).toEqual(['hostpci0']);
    expect(setup.machine.type).toBe('q35');
  });

  it('knows of an excerpt only what stands there', () => {
    const setup = setupOf('hostpci0: 00:02.0,legacy-igd=1\nvga: none');
    expect([setup.machine.type, setup.firmware, setup.agent]).toEqual([null, null, null]);
    expect(setup.devices[0]?.guest).toEqual({ bus: 'pci.0', slot: 2, function: 0 });
  });

  it('gives a whole config the defaults of Proxmox', () => {
    const setup = setupOf(
      'boot: order=scsi0\ncores: 4\nmemory: 4096\nname: x\nnet0: virtio=X\nhostpci0: 00:02',
    );
    expect([setup.machine.type, setup.firmware, setup.display]).toEqual(['i440fx', 'seabios', 'std']);
    expect(setup.devices[0]).toMatchObject({ allFunctions: true, guest: { bus: 'pci.0', slot: 0x10 } });
    expect(setup.taken.filter(({ slot }) => slot === 2).map(({ by }) => by)).toEqual(['vga']);
  });

  it.each([
    '  hostpci0: 00:02.0',
    '- hostpci0: 00:02.0',
    '> hostpci0: 00:02.0',
    '`hostpci0: 00:02.0`',
    'hostpci0: 00:02.0\r',
  ])('reads %j as a line of a post', (line) => {
    expect(setupOf(line).devices[0]?.host).toBe('0000:00:02.0');
  });

  it('puts wrapped args together', () => {
    const { properties } = setupOf(
      'args: -set device.hostpci0.x-igd-gms=0x4\n  -set device.hostpci0.addr=02.0\nhostpci0: 00:02.0',
    ).devices[0] ?? { properties: new Map<string, string>() };
    expect([properties.get('x-igd-gms'), properties.get('addr')]).toEqual(['0x4', '02.0']);
  });

  it('applies none of args with an open quote, as Proxmox does', () => {
    const setup = setupOf(`args: -set device.hostpci0.addr=02.0 -cpu 'host\nhostpci0: 00:02.0`);
    expect(setup.args?.words).toBeNull();
    expect(setup.devices[0]?.properties.get('addr')).toBe('0x10');
  });

  it('takes a device, a CPU and defaults from args', () => {
    const setup = setupOf(
      'args: -device vfio-pci,host=0000:00:02.0,addr=0x02,x-igd-opregion=on -cpu host,-hypervisor,kvm=off -global vfio-pci.x-igd-gms=4\nmachine: q35',
    );
    expect(setup.devices[0]).toMatchObject({ host: '0000:00:02.0', guest: { slot: 2 } });
    expect(setup.devices[0]?.properties.get('x-igd-gms')).toBe('4');
    expect(setup.cpu).toMatchObject({ hypervisorBitOff: true, hidden: true });
  });

  it.each([
    ['hostpci0: 0000:00:02.1,pcie=1', 'vf'],
    ['hostpci0: 00:02.0,mdev=i915-GVTg_V5_4', 'mdev'],
    ['hostpci0: 0000:00:02,pcie=1', 'whole'],
    ['hostpci0: mapping=igpu,pcie=1', undefined],
    ['hostpci0: 01:00.0', undefined],
  ])('takes the mode from %s', (line, mode) => {
    expect(facts(line)['mode']).toBe(mode);
  });

  it('says nothing of a text that describes no VM', () => {
    expect(readProxmoxConfig(part('name: somebody\nmemory: 1 GB'))).toEqual({
      setup: null,
      facts: [],
      notUnderstood: [],
    });
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'args: ', 'hostpci0: ', 'cpu: ', 'machine: '), anyText, (key, text) => {
        readProxmoxConfig(part(`vga: none\n${key}${text}`));
      }),
    );
  });

  it('does not mind the order of lines', () => {
    const lines = N100.trim().split('\n');
    const plain = (text: string) => ({ ...setupOf(text), at: null, taken: null });
    const noLines = (text: string) =>
      JSON.stringify(plain(text), (key, value: unknown) =>
        key === 'line' ? 0 : value instanceof Map ? [...value] : value,
      );
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(noLines(shuffled.join('\n'))).toBe(noLines(N100));
      }),
    );
  });
});
