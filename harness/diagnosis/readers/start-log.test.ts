import { describe, expect, test } from 'vitest';
import { understand } from '../diagnose.ts';
import { readGiven } from '../fixtures/diagnosed.ts';

const PVE = `start failed: command '/usr/bin/kvm -id 103 -name 'win11,debug-threads=on' -no-shutdown -machine 'type=pc-i440fx-9.0+pve0' -cpu 'host,kvm=off' -nodefaults -vga none -device 'vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pci.0,addr=0x2,romfile=/usr/share/kvm/igd.rom'' failed: exit code 1`;
const STARTS =
  '2024-05-01 10:00:00.123+0000: starting up libvirt version: 10.0.0, package: 2ubuntu8, qemu version: 8.2.2Debian 1:8.2.2+ds, kernel: 6.8.0-31-generic, hostname: box';
const COMMAND =
  '-name guest=win11,debug-threads=on -S -machine pc-i440fx-8.2,usb=off -accel kvm -cpu host,kvm=off -nodefaults -device vfio-pci,host=0000:00:02.0,id=hostdev0,bus=pci.0,addr=0x2,romfile=/usr/share/x.rom -msg timestamp=on';
const ONE_LINE = `${STARTS}, LC_ALL=C PATH=/usr/bin HOME=/var/lib/libvirt/qemu/domain-3-win11 /usr/bin/qemu-system-x86_64 ${COMMAND}`;
const LINES = `${STARTS}\nLC_ALL=C \\\nPATH=/usr/bin \\\nHOME=/var/lib/libvirt/qemu/domain-3-win11 \\\n/usr/bin/qemu-system-x86_64 \\\n${COMMAND.replaceAll(' -', ' \\\n-')}\nchar device redirected to /dev/pts/1 (label charserial0)\n2024-05-01T10:00:01.123456Z qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: Device has no ROM\n`;

const read = (text: string, more: Readonly<Record<string, string>> = {}) =>
  understand(Object.entries({ 'log.txt': text, ...more }).map(([name, content]) => readGiven(name, content)))
    .of;

describe.each([
  ['Proxmox', PVE, 'igd.rom', 'proxmox'],
  ['Proxmox in a task’s log', `TASK ERROR: ${PVE}`, 'igd.rom', 'proxmox'],
  ['libvirt on one line', ONE_LINE, 'x.rom', 'libvirt'],
  ['libvirt over many lines', LINES, 'x.rom', 'libvirt'],
])('the command line that %s logs', (_, text, rom, hypervisor) => {
  test('is that of a VM', () => {
    const { vms, facts } = read(text);
    expect(vms).toMatchObject([
      { form: 'qemu', machine: { type: 'i440fx' }, cpu: { hidden: true }, devices: [{ guest: { slot: 2 } }] },
    ]);
    expect([facts.get('romName'), facts.get('hypervisor')]).toEqual([rom, hypervisor]);
  });

  test('gives way to a config', () => {
    const { vms, facts } = read(text, {
      '103.conf': 'hostpci0: 0000:00:02.0,romfile=own.rom\nmachine: q35\nvga: none\n',
    });
    // Many lines are a part of their own, as a script is.
    expect(vms.map(({ form }) => form)).toContain('proxmox');
    if (text !== LINES) expect([vms.length, facts.of('romName').length]).toEqual([1, 1]);
  });
});

test('libvirt’s log tells the versions', () => {
  const { facts } = read(LINES);
  expect([facts.get('qemuVersion'), facts.get('kernel')]).toEqual(['8.2.2', '6.8.0-31-generic']);
});

test('of several starts the last counts', () => {
  expect(
    read(`${PVE.replace('igd.rom', 'old.rom')}\n${PVE}\n`)
      .facts.of('romName')
      .map(({ value }) => value),
  ).toEqual(['igd.rom']);
});

test.each([
  ["start failed: command '/sbin/modprobe vfio-pci' failed: exit code 1"],
  ['start failed: QEMU exited with code 1'],
  ["TASK ERROR: command '/usr/bin/kvm --version' failed: got signal 9"],
  [STARTS],
  ['2024-05-01 10:00:09.000+0000: shutting down, reason=failed'],
])('in %s there is no VM', (text) => {
  expect(read(text).vms).toEqual([]);
});
