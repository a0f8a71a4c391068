import fc from 'fast-check';

const DANGEROUS = fc.constantFrom(
  '-incoming exec:id',
  '-chardev file,id=c,path=/etc/passwd',
  '-netdev tap,id=n,script=/tmp/x',
  '-drive file=/dev/sda',
  ',',
  ',accel=kvm',
  ',,',
  ';',
  '$(id)',
  '`id`',
  "'",
  '"',
  '\\',
  '\n',
  '\r',
  '\nhookscript: x',
  '\0',
  '\u2028',
  ' ',
  '=',
  '/dev/sda',
  '../',
  '{"driver":"x"}',
  '[x]',
);

const WORD = fc.constantFrom(
  ...['q35', 'pc', 'pc-q35-10.0+pve1', 'host', 'max', 'none', 'ovmf', 'win11', '1', '0', '2', '512', 'on'],
  ...[
    '0000:00:02.0',
    '00:02',
    '01:00.0',
    'pcie=1',
    'x-vga=1',
    'romfile=a.rom',
    'legacy-igd=1',
    'flags=+aes;-vmx',
  ],
  ...['hidden=1', 'type=isa', '-set', 'device.hostpci0.addr=0x02.0', 'device.hostpci0.bus=pcie.0'],
  ...['device.hostpci0.romfile=a', 'device.hostpci0.x-igd-gms=0x2', 'device.hostpci1.addr=2'],
);

const LIKELY = [
  'machine: q35',
  'machine: pc-i440fx-10.0',
  'cpu: host,hidden=1',
  'cpu: max,flags=+aes;-vmx',
  'hostpci0: 0000:00:02.0,pcie=1',
  'hostpci0: 00:02,romfile=a.rom',
  'hostpci3: 00:02.0,pcie=1,rombar=0',
  'args: -set device.hostpci0.addr=0x02.0',
  'args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=2.0',
  'cores: 2',
  'memory: 512',
  'vga: none',
  'agent: 1,type=isa',
  'bios: ovmf',
  'scsi0: local:vm-1-disk-0,size=1G',
  'virtio3: local:8,iothread=1,serial=abc',
  'ide2: none,media=cdrom',
  'efidisk0: local:1,efitype=4m,pre-enrolled-keys=1',
  'tpmstate0: local:1,version=v2.0',
  'net0: virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1',
  'net7: e1000',
  'scsihw: virtio-scsi-single',
  'serial1: socket',
  'rng0: source=/dev/urandom,max_bytes=1',
  'audio0: device=AC97,driver=none',
  'boot: order=scsi0;net0',
  'smbios1: uuid=3dd750ce-d910-44d0-9493-525c0be4e687',
  'vmgenid: 54d1c06c-8f5b-440f-b5b2-6eab1380e13d',
  'startdate: 2006-06-17',
  'numa: 1',
  'numa0: cpus=0;1-2,memory=512',
  'vga: qxl2,memory=32',
];

const KEY = fc.constantFrom(
  ...'machine cpu hostpci0 hostpci1 args vga bios memory cores sockets balloon agent numa ostype'.split(' '),
  ...'scsi0 ide2 serial0 usb0 net0 efidisk0 tpmstate0 rng0 audio0 boot smbios1 numa0 hookscript lock name kvm'.split(
    ' ',
  ),
);

const piece = fc.oneof({ weight: 4, arbitrary: WORD }, { weight: 1, arbitrary: DANGEROUS });
const made = fc
  .tuple(KEY, fc.array(fc.tuple(piece, fc.constantFrom('', ' ', ',', ';')), { minLength: 1, maxLength: 4 }))
  .map(([key, parts]) => `${key}: ${parts.flat().join('')}`);
const likely = fc.constantFrom(...LIKELY);
// A good line with one thing put in somewhere.
const spoiled = fc.tuple(likely, DANGEROUS, fc.nat()).map(([line, bad, at]) => {
  const place = at % (line.length + 1);
  return line.slice(0, place) + bad + line.slice(place);
});

/** Config texts that look real and often hold what would break out of a QEMU command line. */
export const dangerousConfig: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: likely },
      { weight: 1, arbitrary: made },
      { weight: 1, arbitrary: spoiled },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((lines) => lines.join('\n'));
