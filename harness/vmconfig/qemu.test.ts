import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArgs } from './args.ts';
import { dangerousConfig } from './dangerous.fixture.ts';
import { IGPU, N100 as PUBLISHED } from './n100.fixture.ts';
import { parseVmConfig, valueOf } from './parse.ts';
import { checkPolicy } from './policy.ts';
import { guestValueProblems } from './guest-values.ts';
import { type LocalMachine, toQemu, UnsafeConfigError } from './qemu.ts';

/** With an address instead of the placeholder. */
const N100 = PUBLISHED.replace('XX:XX:XX:XX:XX:XX', 'BC:24:11:00:00:01');

const LOCAL: LocalMachine = { device: 'bochs-display', igpuAddress: IGPU, accelerator: 'tcg', romPath: null };

function qemu(text: string, local: Partial<LocalMachine> = {}) {
  return toQemu(parseVmConfig(text), { ...LOCAL, ...local });
}

/** The values that the command line gives to an option. */
function values(text: string, option: string, local: Partial<LocalMachine> = {}): readonly string[] {
  const { argv } = qemu(text, local);
  return argv.filter((_, i) => argv[i - 1] === option);
}

function standIn(text: string, local: Partial<LocalMachine> = {}): readonly string[] {
  return values(text, '-device', local).filter((value) => value.startsWith('bochs-display'));
}

describe('toQemu', () => {
  it('honours what a local boot can', () => {
    const text =
      'machine: pc-i440fx-7.2\ncpu: qemu64,hidden=1,flags=+aes;-vmx\ncores: 2\nsockets: 2\nmemory: 1024\nvga: none\nballoon: 0\nagent: 0';
    expect(qemu(text)).toEqual({
      argv: (
        '-nodefaults -machine pc-i440fx-7.2,smm=off -accel tcg -cpu qemu64,+aes,kvm=off,-vmx ' +
        '-device pci-bridge,id=pci.1,chassis_nr=1,bus=pci.0,addr=0x1e ' +
        '-device pci-bridge,id=pci.2,chassis_nr=2,bus=pci.0,addr=0x1f ' +
        '-device piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2 ' +
        '-smp 4,sockets=2,cores=2,maxcpus=4 -m 1024 -device usb-tablet,id=tablet,bus=uhci.0,port=1 -vga none'
      ).split(' '),
      notHonoured: [],
      agent: null,
      ovmf: false,
      tpm: null,
      files: [],
      warnings: [],
      needs: {
        machine: 'pc-i440fx-7.2',
        cpu: 'qemu64',
        devices: ['pci-bridge', 'piix3-usb-uhci', 'usb-tablet'],
        properties: [],
      },
    });
  });

  it('has defaults for an empty config', () => {
    expect(qemu('').argv.join(' ')).toMatch(
      /^-nodefaults -machine pc -accel tcg -cpu qemu64 .* -smp 1,sockets=1,cores=1,maxcpus=1 -m 512 .* VGA,id=vga,bus=pci\.0,addr=0x2 .* virtio-balloon-pci,/,
    );
    expect(qemu('').needs).toMatchObject({ machine: 'pc', cpu: null, properties: [] });
  });

  it('states a Proxmox machine and a host CPU as needs instead of replacing them', () => {
    expect(qemu(N100).needs).toMatchObject({ machine: 'pc-q35-10.0+pve1', cpu: 'host' });
  });

  it('names once what it does not honour', () => {
    expect(qemu(N100).notHonoured).toEqual([
      '-set device.hostpci0.x-igd-gms',
      '-set device.hostpci0.x-igd-opregion',
      'hostpci0.x-vga',
      'ostype hv_* (needs KVM)',
      'balloon (the device is there, its target is not set)',
      'ide0.file (an empty drive is there)',
    ]);
    expect(
      qemu('args: -S\nmachine: pc,viommu=intel\ncpu: max,reported-model=a\nvga: virtio-gl\nhostpci2: 01:00')
        .notHonoured,
    ).toEqual([
      'hostpci2',
      'args: "-S"',
      'cpu.reported-model',
      'machine.viommu (needs q35)',
      'vga.type virtio-gl (virtio is used)',
    ]);
  });

  it('puts the stand-in where Proxmox puts the iGPU, and lets QEMU apply -set', () => {
    expect(standIn('hostpci0: 00:02.0')).toEqual(['bochs-display,id=hostpci0,bus=pci.0,addr=0x10,romfile=']);
    expect(standIn('hostpci0: 00:02.0,legacy-igd=1,rombar=0')).toEqual([
      'bochs-display,id=hostpci0,bus=pci.0,addr=0x2,rombar=0,romfile=',
    ]);
    expect(standIn(N100)).toEqual(['bochs-display,id=hostpci0,bus=ich9-pcie-port-1,addr=0x0,romfile=']);
    expect(values(N100, '-set')).toEqual(['device.hostpci0.bus=pcie.0', 'device.hostpci0.addr=0x02.0']);
  });

  it('gives the ROM by path alone, its commas doubled', () => {
    const text = 'hostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.romfile=b.rom';
    expect(standIn(text, { romPath: '/tmp/a,b/c.rom' })[0]).toContain(',romfile=/tmp/a,,b/c.rom');
    expect(qemu(text).argv.join(' ')).not.toContain('b.rom');
  });

  it('asks for the device properties that it uses', () => {
    const text = 'hostpci0: 00:02.0,rombar=0\nargs: -set device.hostpci0.bus=pci.0';
    expect(qemu(text).needs.properties.map(({ property }) => property)).toEqual([
      'addr',
      'romfile',
      'rombar',
    ]);
  });

  it.each([
    ['agent: 1', { type: 'virtio' }],
    ['agent: enabled=1,type=isa', { type: 'isa', tty: 'ttyS1' }],
    ['agent: 1,type=isa\nserial0: socket\nserial1: socket', { type: 'isa', tty: 'ttyS2' }],
    ['agent: 0', null],
    ['cores: 1', { type: 'virtio' }],
  ])('says how the agent of "%s" is attached: %j', (text, agent) => {
    expect(qemu(text).agent).toEqual(agent);
  });

  it('builds nothing from a value that the policy refuses', () => {
    expect(() => qemu('machine: q35,accel=x')).toThrow(UnsafeConfigError);
    expect(() => qemu('hostpci0: 00:02.0\nargs: -set device.hostpci0.addr=,x')).toThrow(UnsafeConfigError);
    expect(() => qemu('cores: 1', { device: 'bochs-display,romfile=x' })).toThrow(UnsafeConfigError);
  });
});

const NAME = '[\\w.:-]+';
const ALLOWED: Readonly<Record<string, RegExp>> = {
  '-machine': /^(?:pc|q35)[a-z0-9.+-]*(?:,(?:smm=off|hpet=off|pflash[01]=[\w-]+))*$/,
  '-accel': /^tcg$/,
  '-cpu': /^[\w-]+(?:,(?:[+-][a-z0-9._-]+|kvm=off|level=\d+|phys-bits=\d+|vendor=\w+))*$/,
  '-smp': /^\d+,sockets=\d+,cores=\d+,maxcpus=\d+$/,
  '-m': /^\d+$/,
  '-vga': /^none$/,
  '-numa': /^node,nodeid=\d+(?:,cpus=[\d-]+)+,memdev=ram-node\d+$/,
  '-rtc': /^(?:driftfix=slew)?,?(?:base=[\w:-]+)?$/,
  '-global': /^(?:(?:ICH9-LPC|PIIX4_PM)\.disable_s[34]=1|qxl-vga\.v?ram_size=\d+)$/,
  '-smbios': /^type=1,uuid=[0-9a-fA-F-]+$/,
  '-set': /^device\.hostpci\d+\.(?:bus|addr|rombar)=[A-Za-z0-9.-]+$/,
  '-object':
    /^(?:memory-backend-ram,id=ram-node\d+,size=[\d.]+M|iothread,id=[\w-]+|rng-random,filename=\/dev\/urandom,id=rng0)$/,
  '-netdev': /^user,id=net\d+,restrict=on$/,
  '-chardev': /^null,id=(?:serial\d|vdagent)$/,
  '-tpmdev': /^emulator,id=tpmdev,chardev=tpmchar$/,
  '-audiodev': /^none,id=none-backend0$/,
  '-blockdev':
    /^driver=raw,node-name=[\w-]+(?:,(?:discard|read-only|detect-zeroes|cache\.no-flush)=\w+)*,file\.driver=file,file\.filename=<file of \w+>(?:,file\.discard=\w+)?$/,
  // No path but the ROM's, no chardev but those above.
  '-device': new RegExp(
    `^[A-Za-z0-9-]+(?:,(?!romfile|chardev|file)[a-z_-]+=${NAME}|,serial=[\\w.: -]+)*(?:,chardev=(?:agent|vdagent|serial\\d)(?:,name=${NAME})?)?(?:,romfile=)?$`,
  ),
};

function foreign(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  const odd = first === '-nodefaults' && rest.length % 2 === 0 ? [] : [String(first)];
  return [
    ...odd,
    ...rest.filter((word, i) =>
      i % 2 === 0 ? !(word in ALLOWED) : !ALLOWED[String(rest[i - 1])]?.test(word),
    ),
  ];
}

describe('a config from a stranger', () => {
  it('yields no QEMU option but the known ones once the policy accepts it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(dangerousConfig, (text) => {
        const config = parseVmConfig(text);
        if (checkPolicy(config, { igpuAddress: IGPU, ownerArgs: [] }).length > 0) return;
        if (guestValueProblems(config).length > 0) return;
        accepted += 1;
        expect(foreign(toQemu(config, LOCAL).argv)).toEqual([]);
        const args = splitArgs(valueOf(config, 'args') ?? '');
        const words = args.kind === 'words' ? args.words.map(({ text: word }) => word) : ['unbalanced'];
        expect(words.join(' ')).toMatch(/^(?: ?-set device\.hostpci\d+\.[a-z-]+=[\w.-]*)*$/);
      }),
      { numRuns: 5000 },
    );
    // Else the generator tries only what is refused at once.
    expect(accepted).toBeGreaterThan(250);
  });

  it('yields no other option even where nobody asked the policy', () => {
    fc.assert(
      fc.property(dangerousConfig, (text) => {
        try {
          expect(foreign(toQemu(parseVmConfig(text), LOCAL).argv)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeConfigError);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
