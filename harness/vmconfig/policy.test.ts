import { describe, expect, it } from 'vitest';
import { IGPU, N100 } from './n100.fixture.ts';
import { parseVmConfig } from './parse.ts';
import { checkPolicy } from './policy.ts';

function found(lines: string, ownerArgs: readonly string[] = []): readonly string[] {
  const config = parseVmConfig(lines);
  return checkPolicy(config, { igpuAddress: IGPU, ownerArgs }).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

describe('checkPolicy', () => {
  it('accepts the published N100 config', () => {
    expect(found(N100)).toEqual([]);
  });

  it.each([
    'args: -incoming exec:id',
    'args: -chardev file,id=x,path=/etc/passwd',
    'args: -netdev tap,id=n,script=/tmp/x',
    'args: -drive file=/dev/sda',
    'args: -set drive.scsi0.file=/dev/sda',
    'args: -set',
    'args: /dev/sda',
    'args: -set device.hostpci0.host=0000:01:00.0',
    'args: -set device.hostpci0.sysfsdev=/sys/x',
    'args: -set device.hostpci0.romfile=/etc/shadow',
    'args: -set device.hostpci0.addr=0x02.0,romfile=x',
    'args: -set device.hostpci0.bus=pcie.0/../x',
    'args: -set device.hostpci1.addr=0x02.0',
    "args: -set device.hostpci0.addr=0x02.0 '",
    'args: -set device.hostpci0.addr=0x02.0 \\',
    'hostpci1: 0000:01:00.0',
    'hostpci1: 0000:00:02.1',
    'hostpci1: 0000:00:02.0',
    'hostpci1: mapping=gpu',
    'hostpci0: 00:02.0,romfile=../../etc/passwd',
    'hostpci0: 00:02.0,romfile=.x',
    'hostpci0: 00:02.0,romfile=-x',
    'hostpci0: 00:02.0,romfile=/x',
    `hostpci0: 00:02.0,romfile=${'x'.repeat(101)}`,
    'hostpci0: 00:02.0;01:00.0',
    'machine: q35,accel=kvm',
    'machine: none',
    'machine: q35;id',
    'cpu: host,enforce',
    'cpu: host,flags=+aes;x=y',
    'cpu: host,hv-vendor-id=a b',
    'vga: std,romfile=x',
    'bios: /tmp/evil',
    'memory: 1G',
    'memory: 8',
    'cores: 0',
    'balloon: -1',
    'numa: 2',
    'ostype: win11,x',
    'agent: 1,path=/x',
    'hookscript: local:snippets/x.sh',
    'lock: backup',
    'protection: 1',
    'parallel0: /dev/parport0',
    'serial0: /dev/ttyS0',
    'usb0: host=046d:c52b',
    'usb0: 1-2',
    'scsi0: /dev/disk/by-id/x',
    'ide2: file=/etc/passwd,media=cdrom',
    'virtiofs0: secrets',
    'kvm: 0',
    'constructor: 1',
  ])('refuses %j', (line) => {
    const rest = line.startsWith('hostpci0') ? '' : '\nhostpci0: 00:02.0';
    expect(found(line + rest)).not.toEqual([]);
  });

  it.each([
    'serial0: socket',
    'usb0: spice,usb3=1',
    'hostpci0: 00:02,romfile=12-n100-q10.rom,device-id=0x46d1,legacy-igd=1',
    'machine: pc-q35-10.0+pve1,viommu=intel,enable-s3=0',
    'cpu: x86-64-v2-AES,flags=+pcid;-aes,hv-vendor-id=proxmox',
    'agent: enabled=1,type=isa,fstrim_cloned_disks=1',
    'args: -set device.hostpci0.romfile= -set device.hostpci0.x-igd-legacy-mode=auto',
  ])('accepts %j', (line) => {
    expect(found(line.startsWith('hostpci0') ? line : `${line}\nhostpci0: 00:02.0`)).toEqual([]);
  });

  it('points at the word', () => {
    expect(found('cores: 1\nargs: -set device.hostpci0.addr=2 -S\nhostpci0: 00:02.0')).toEqual([
      '2:35 args: "-S" is not allowed',
    ]);
    expect(found('hostpci0: 00:02.0,pcie=2')).toEqual(['1:19 hostpci0.pcie: "2" is not 0 or 1']);
    expect(found("args: -a 'b")).toEqual([
      '1:10 args: a quote is not closed, so Proxmox would drop all args without a word',
    ]);
  });

  it("accepts other args only as the owner's own lines, word for word", () => {
    const owner = ["-qmp 'unix:/run/x.sock,server=on'"];
    expect(found('args: -qmp unix:/run/x.sock,server=on', owner)).toEqual([]);
    expect(found('args: -qmp unix:/run/x.sock,server=on -S', owner)).toEqual([
      '1:39 args: "-S" is not allowed',
    ]);
    expect(found('args: -qmp unix:/run/y.sock,server=on', owner)).toHaveLength(2);
    expect(found('args: -qmp', owner)).toHaveLength(1);
  });

  it('writes what it quotes so that a terminal takes no orders from it', () => {
    expect(found('args: \u202ex')).toEqual(['1:7 args: "\\u{202e}x" is not allowed']);
  });
});
