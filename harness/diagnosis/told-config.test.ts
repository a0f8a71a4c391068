import { describe, expect, it } from 'vitest';
import { partOf } from './readers/part.fixture.ts';
import type { Part } from './part.ts';
import { withToldConfig } from './told-config.ts';

const configOf = (parts: readonly Part[]) =>
  parts
    .filter(({ kind }) => kind === 'proxmox-config')
    .flatMap(({ lines }) => lines.map(({ n, text }) => `${n} ${text}`));

describe('a config’s entries within a sentence', () => {
  it.each([
    ['my conf says hostpci0: 0000:00:02.0,pcie=1', '1 hostpci0: 0000:00:02.0,pcie=1'],
    ['qm config shows args: -set device.hostpci0.addr=0x02.0', '1 args: -set device.hostpci0.addr=0x02.0'],
    [
      'In der .conf steht args: -set device.hostpci0.x-igd-opregion=on',
      '1 args: -set device.hostpci0.x-igd-opregion=on',
    ],
  ])('%s', (text, entry) => {
    expect(configOf(withToldConfig([partOf('facts', text)]))).toEqual([entry]);
  });

  it.each([
    'I removed args: -set device.hostpci0.addr=0x02.0',
    'before it was hostpci0: 0000:00:02.0',
    'with args: -device vfio-pci,host=00:02.1 I get an error',
    'should it be hostpci0: 0000:00:02.0 ?',
    'added to it args: -cpu host,hypervisor=off',
    'args: nothing',
    'what does hostpci0: mean',
  ])('%s: is none of the VM’s now, or tells of no device', (text) => {
    const parts = [partOf('facts', text)];
    expect(withToldConfig(parts)).toEqual(parts);
  });

  it('goes to the rest of the config, which keeps what it has itself', () => {
    const told = partOf(
      'facts',
      'qm config says args: -set device.hostpci0.addr=0x02.0\nand hostpci0: 0000:00:03.0',
    );
    const config = { ...partOf('proxmox-config', 'hostpci0: 0000:00:02.0'), input: told.input };
    const at = { ...config, lines: [{ n: 4, text: 'hostpci0: 0000:00:02.0' }] };
    expect(configOf(withToldConfig([told, at]))).toEqual([
      '1 args: -set device.hostpci0.addr=0x02.0',
      '4 hostpci0: 0000:00:02.0',
    ]);
  });

  it('counts for nothing beside a config of another input', () => {
    const parts = [partOf('facts', 'it reads hostpci0: 0000:00:02.0'), partOf('libvirt-xml', '<domain/>')];
    expect(withToldConfig(parts)).toEqual(parts);
  });
});
