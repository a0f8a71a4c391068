import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHider } from './hide-identities.ts';

const NAMES = ['tower-of-lena', 'lena', 'lab.example.net'];

/** Synthetic. What identifies somebody, where it stands in what hosts print. */
const PLANTED: readonly (readonly [string, string])[] = [
  ['BC:24:11:8A:82:A7', 'net0: virtio=BC:24:11:8A:82:A7,bridge=vmbr0'],
  ['84b509b6-26c3-4aa3-ace5-0571691f8402', 'root=UUID=84b509b6-26c3-4aa3-ace5-0571691f8402 ro quiet'],
  ['192.168.7.9', 'ip=192.168.7.9::192.168.7.1'],
  ['203.0.113.77', 'IN=vmbr0 SRC=203.0.113.77 DST=10.0.0.1'],
  ['aa:bb:cc:dd:ee:ff', 'UFW BLOCK MAC=01:00:5e:00:00:fb:aa:bb:cc:dd:ee:ff:08:00 SRC=10.1.1.1'],
  ['fe80::be24:11ff:fe8a:82a7', 'SRC=fe80::be24:11ff:fe8a:82a7 DST=ff02::1'],
  ['2001:db8:1:2:3:4:5:6', 'peer 2001:db8:1:2:3:4:5:6 is up'],
  ['S4EWNX0R123456', 'usb 1-2: SerialNumber: S4EWNX0R123456'],
  ['WD-WX12D', 'scsi0: local-lvm:vm-103-disk-0,serial=WD-WX12D,size=64G'],
  ['U2VyaWFsTnVtYmVy', 'smbios1: base64=1,serial=U2VyaWFsTnVtYmVy=,uuid=1'],
  ['00-e0-4c-ff-ff-36-00-19', 'Capabilities: [140 v1] Device Serial Number 00-e0-4c-ff-ff-36-00-19'],
  ['Samsung_SSD_990_S6Z2NJ0W', 'scsi1: /dev/disk/by-id/nvme-Samsung_SSD_990_S6Z2NJ0W,size=1T'],
  ['5000c500a1b2c3d4', 'scsi 0:0:0:0: wwn 0x5000c500a1b2c3d4'],
  ['tower-of-lena', 'Nov 22 tower-of-lena kernel: usb'],
  ['somebody', 'romfile in /home/somebody/roms'],
  ['lena', 'task of lena@pam'],
  ['marek', 'UPID:node:0001:0002:0003:qmstart:103:marek@pve:'],
  ['marek', 'C:\\\\Users\\\\marek\\\\Desktop'],
  ['someone@example.org', '# ask someone@example.org'],
  [
    'S-1-5-21-1111111111-2222222222-3333333333-1001',
    '"account":"S-1-5-21-1111111111-2222222222-3333333333-1001"',
  ],
  ['gaming-of-lena', "/usr/bin/kvm -id 103 -name 'gaming-of-lena,debug-threads=on' -m 8192"],
  ['iqn.2005-10.org.freenas.ctl:disk7', 'iscsi: iqn.2005-10.org.freenas.ctl:disk7'],
  ['lab.example.net', 'host.lab.example.net lab.example.net'],
];

test.each(PLANTED)('%s is hidden in: %s', (secret, line) => {
  expect(createHider(NAMES).text(`before\n${line}\nafter`)).not.toContain(secret);
});

test('what a diagnosis reads stays as it is', () => {
  const lines = [
    'DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x8b2d1000 [fault reason 0x06] PTE Read access is not set',
    "vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
    '00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]',
    'hostpci0: 0000:00:02.0,pcie=1,romfile=12-n100-q10.rom,x-vga=1',
    'serial0: socket',
    'usb 1-2: New USB device strings: Mfr=1, Product=2, SerialNumber=3',
    'Serial: 8250/16550 driver, 32 ports, IRQ sharing enabled',
    'pve-qemu-kvm: 10.0.2-4',
    'pve-manager/9.0.3/025864202ebb6109 (running kernel: 6.14.8-2-pve)',
    'args: -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=on',
    'Driver 32.0.101.6078',
    '/sys/kernel/iommu_groups/0/devices/0000:00:02.0',
    '/sys/bus/pci/devices/0000:00:02.0/resource:0x0000006001000000 0x0000006001ffffff 0x0000000000140204',
    '  4000000000-400fffffff : 0000:00:02.0',
    '[    0.004000] DMAR: Host address width 39',
    'device 32-bit: 0x12:0x34',
  ].join('\n');
  expect(createHider(['proxmox', 'pve', 'root', 'intel', ...NAMES]).text(lines)).toBe(lines);
});

test('the same identity gets the same pseudonym, and another one another', () => {
  const hider = createHider([]);
  const line = (serial: string): string => hider.text(`serial=${serial}`);
  expect(line('AAAA1111')).toBe(line('AAAA1111'));
  expect(line('AAAA1111')).not.toBe(line('BBBB2222'));
});

test('a config loses what its owner wrote into it, and its snapshots', () => {
  const config = createHider([]).config(
    '#Lena%3A the password is swordfish\nname: lenas-pc\ntags: family\ncipassword: swordfish\nostype: win11\n\n' +
      '[PENDING]\nmemory: 4096\n\n[before-holiday]\nostype: win11\ncores: 2\n',
  );
  expect(config).toBe(
    'name: hidden\ntags: hidden\ncipassword: hidden\nostype: win11\n\n[PENDING]\nmemory: 4096\n\n',
  );
});

test('whatever stands around them, they are hidden, and nothing makes it throw', () => {
  const text = fc
    .array(fc.oneof(fc.string(), fc.constantFrom(...PLANTED.map(([, line]) => line), '\n', ':', 'serial=')))
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(text, (input) => {
      const hider = createHider(NAMES);
      const once = hider.text(input);
      for (const [secret] of PLANTED.filter(([, line]) => ` ${input} `.includes(` ${line} `))) {
        // Next to other text, a serial's neighbours decide where it ends.
        if (secret.length > 6) expect(once).not.toContain(secret);
      }
      expect(hider.config(once).length).toBeLessThanOrEqual(once.length + 200);
    }),
  );
});
