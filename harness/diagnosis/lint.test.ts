import { describe, expect, it } from 'vitest';
import { N100 } from '../vmconfig/n100.fixture.ts';
import { readGiven } from './fixtures/diagnosed.ts';
import { readArchive } from './archive.ts';
import { tarOf } from './fixtures/tar.ts';
import { LITERALS } from './literals.ts';
import { lint } from './lint.ts';

const PLAIN = readGiven('100.conf', 'machine: pc-i440fx-9.0\nhostpci0: 00:02.0,legacy-igd=1\nvga: none\n');
const ids = (...host: Parameters<typeof lint>[1] & object) =>
  lint([PLAIN], host).findings.map(({ id }) => id);

describe('lint', () => {
  it('has nothing bad to say of a config that works', () => {
    const { findings } = lint([readGiven('103.conf', N100)]);
    expect(findings.map(({ severity }) => severity)).toEqual(['info', 'info']);
  });

  it('puts what is bad first, whatever the form', () => {
    const text =
      'qemu-system-x86_64 -machine q35 -vga std -device vfio-pci,host=00:02.0,x-igd-legacy-mode=on,x-igd-gms=0xf0';
    const { findings, vms } = lint([
      readGiven('vm.sh', text),
      readGiven('dmesg.txt', '[    1.0] nothing of it'),
    ]);
    expect(vms).toBe(1);
    expect(findings.map(({ id }) => id).slice(0, 2)).toEqual([
      'config.legacy-on-q35',
      'config.gms-too-small',
    ]);
  });

  it('looks at the host it is told of', () => {
    const { findings } = lint([
      readGiven('100.conf', 'machine: pc-q35-10.1\nhostpci0: 00:02.0\n'),
      readGiven('host.txt', 'qemu: 9.2.0\n'),
    ]);
    expect(findings[0]?.id).toBe('config.machine-unknown');
  });

  it.each([
    ['lspci', '00:02.0 Display controller [0380]: Intel Alder Lake-N [8086:46d1]\n', 'host.class-not-vga'],
    [
      'pveversion',
      'pve-qemu-kvm: 10.1.2-1\npve-manager: 9.1.1\nCPU: N100\n',
      'qemu.legacy-not-for-generation',
    ],
    [
      'a kernel log',
      '[    0.300000] pci 0000:00:02.0: [8086:46d1] type 00 class 0x038000\n',
      'host.class-not-vga',
    ],
    ['plain facts', 'qemu: 10.0.2\niGPU: 8086:7d55\n', 'qemu.too-old'],
  ])('hears of the host from %s', (_, text, id) => {
    expect(ids()).not.toContain(id);
    expect(ids(readGiven('host.txt', text))).toContain(id);
  });

  it('takes what was collected of a host, and leaves the VM in it aside', () => {
    const archive = tarOf({
      'code43-collected/vm-config.txt':
        'root@host:~# qm config 103\nbios: ovmf\nhostpci0: 00:02.0,romfile=x.rom\nmachine: q35\n',
      'code43-collected/qemu-version.txt': 'root@host:~# kvm --version\nQEMU emulator version 10.1.2\n',
      'code43-collected/facts.txt': 'qemu: 10.1.2\niGPU: 8086:46d1\n',
      'code43-collected/probe.json': '{"schema":1,"nonce":"x"}\n',
    });
    const { vms, ofHost, findings } = lint([PLAIN], readArchive('host.tar', archive, LITERALS));
    expect([vms, ofHost > 0]).toEqual([1, true]);
    expect(findings.map(({ id }) => id)).toContain('qemu.legacy-not-for-generation');
    expect(findings.map(({ id }) => id)).not.toContain('config.legacy-on-q35');
  });

  it('says where the host’s evidence tells nothing', () => {
    expect(lint([PLAIN], [readGiven('host.txt', '')]).ofHost).toBe(0);
  });
});
