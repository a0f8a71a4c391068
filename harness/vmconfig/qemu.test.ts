import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArgs } from './args.ts';
import { dangerousConfig } from './dangerous.fixture.ts';
import { passedDevice } from './device.ts';
import { IGPU, N100 } from './n100.fixture.ts';
import { parseVmConfig, valueOf } from './parse.ts';
import { checkPolicy } from './policy.ts';
import { type LocalMachine, toQemu, UnsafeConfigError } from './qemu.ts';

const LOCAL: LocalMachine = { device: 'bochs-display', igpuAddress: IGPU, accelerator: 'tcg', romPath: null };

function qemu(text: string, local: Partial<LocalMachine> = {}) {
  return toQemu(parseVmConfig(text), { ...LOCAL, ...local });
}

/** The values that the command line gives to an option. */
function values(text: string, option: string, local: Partial<LocalMachine> = {}): readonly string[] {
  const { argv } = qemu(text, local);
  return argv.filter((_, i) => argv[i - 1] === option);
}

describe('toQemu', () => {
  it('honours what a local boot can', () => {
    const text =
      'machine: pc-q35-7.2\ncpu: qemu64,hidden=1,flags=+aes;-vmx\ncores: 2\nsockets: 2\nmemory: 1024\nvga: none';
    expect(qemu(text)).toEqual({
      argv: (
        '-nodefaults -machine pc-q35-7.2 -accel tcg -cpu qemu64,+aes,-vmx,kvm=off ' +
        '-smp 4,sockets=2,cores=2 -m 1024 -vga none'
      ).split(' '),
      notHonoured: [],
      agent: null,
      needs: { machine: 'pc-q35-7.2', cpu: 'qemu64', properties: [] },
    });
  });

  it('has defaults for an empty config', () => {
    expect(qemu('').argv.join(' ')).toBe(
      '-nodefaults -machine pc -accel tcg -cpu qemu64 -smp 1,sockets=1,cores=1 -m 512 -vga none',
    );
    expect(qemu('').needs).toEqual({ machine: 'pc', cpu: null, properties: [] });
  });

  it('states a Proxmox machine and a host CPU as needs instead of replacing them', () => {
    expect(qemu(N100).needs).toMatchObject({ machine: 'pc-q35-10.0+pve1', cpu: 'host' });
  });

  it('names once what it does not honour', () => {
    expect(qemu(N100).notHonoured).toEqual([
      ...'balloon bios boot efidisk0 ide0 meta name net0 numa ostype scsi0 scsihw smbios1 tpmstate0 vmgenid'.split(
        ' ',
      ),
      '-set device.hostpci0.x-igd-gms',
      '-set device.hostpci0.x-igd-opregion',
      'hostpci0.x-vga',
    ]);
    expect(
      qemu('args: -S\nmachine: q35,viommu=intel\ncpu: max,level=3\nvga: std\nhostpci2: 01:00').notHonoured,
    ).toEqual(['vga', 'hostpci2', 'machine.viommu', 'args: "-S"', 'cpu.level']);
  });

  it('puts the stand-in where Proxmox puts the iGPU, and lets QEMU apply -set', () => {
    expect(values('hostpci0: 00:02.0', '-device')).toEqual([
      'bochs-display,id=hostpci0,bus=pci.0,addr=0x10,romfile=',
    ]);
    expect(values('hostpci0: 00:02.0,legacy-igd=1,rombar=0', '-device')).toEqual([
      'bochs-display,id=hostpci0,bus=pci.0,addr=0x2,rombar=0,romfile=',
    ]);
    expect(values(N100, '-device').map((value) => value.split(',addr')[0])).toEqual([
      'pcie-root-port,id=ich9-pcie-port-1,bus=pcie.0',
      'bochs-display,id=hostpci0,bus=ich9-pcie-port-1',
    ]);
    expect(values(N100, '-set')).toEqual(['device.hostpci0.bus=pcie.0', 'device.hostpci0.addr=0x02.0']);
  });

  it('gives the ROM by path alone, its commas doubled', () => {
    const text = 'hostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.romfile=b.rom';
    expect(values(text, '-device', { romPath: '/tmp/a,b/c.rom' })[0]).toContain(',romfile=/tmp/a,,b/c.rom');
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
    ['agent: 1', 'virtio'],
    ['agent: enabled=1,type=isa', 'isa'],
    ['agent: 0', null],
    ['cores: 1', null],
  ])('says how the agent of "%s" is attached: %s', (text, agent) => {
    expect(qemu(text).agent).toBe(agent);
  });

  it('builds nothing from a value that the policy refuses', () => {
    expect(() => qemu('machine: q35,accel=x')).toThrow(UnsafeConfigError);
    expect(() => qemu('hostpci0: 00:02.0\nargs: -set device.hostpci0.addr=,x')).toThrow(UnsafeConfigError);
    expect(() => qemu('cores: 1', { device: 'bochs-display,romfile=x' })).toThrow(UnsafeConfigError);
  });
});

const ALLOWED: Readonly<Record<string, RegExp>> = {
  '-machine': /^(?:pc|q35)[a-z0-9.+-]*$/,
  '-accel': /^tcg$/,
  '-cpu': /^[\w-]+(?:,(?:[+-][a-z0-9._-]+|kvm=off))*$/,
  '-smp': /^\d+,sockets=\d+,cores=\d+$/,
  '-m': /^\d+$/,
  '-vga': /^none$/,
  '-set': /^device\.hostpci\d+\.(?:bus|addr|rombar)=[A-Za-z0-9.-]+$/,
  '-device':
    /^(?:bochs-display|pci-bridge|i82801b11-bridge|pcie-root-port)(?:,(?:id|bus|addr|rombar|multifunction|port|chassis|chassis_nr|x-speed|x-width)=[\w.-]+)*(?:,romfile=)?$/,
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

const QEMU = 'qemu-system-x86_64';
const hasQemu = spawnSync(QEMU, ['--version']).status === 0;

/** Starts QEMU stopped, asks where the device of that id sits, ends it. A devfn is slot × 8 + function. */
function startStopped(argv: readonly string[], device: string) {
  const ask = (property: string) => ({
    execute: 'qom-get',
    arguments: { path: `/machine/peripheral/${device}`, property },
  });
  const asked = [{ execute: 'qmp_capabilities' }, ask('parent_bus'), ask('addr'), { execute: 'quit' }];
  const input = asked.map((command) => JSON.stringify(command)).join('\n');
  const options = ['-S', '-display', 'none', '-monitor', 'none', '-qmp', 'stdio'];
  const run = spawnSync(QEMU, [...argv, ...options], { input, encoding: 'utf8', timeout: 60_000 });
  const bus = /"return": "[^"]*\/([^/"]+)"/.exec(run.stdout)?.[1];
  const devfn = /"return": (\d+)/.exec(run.stdout)?.[1];
  return { status: run.status, stderr: run.stderr, place: `${bus ?? '?'} ${Number(devfn).toString(16)}` };
}

const legal: readonly (readonly [what: string, text: string, place: string])[] = [
  ['pc', 'machine: pc\nhostpci0: 00:02.0', 'pci.0 80'],
  ['pc in legacy mode', 'hostpci0: 00:02.0,legacy-igd=1\nvga: none', 'pci.0 10'],
  ['pc, on the second bridge', 'hostpci4: 00:02.0,rombar=0', 'pci.2 68'],
  ['q35', 'machine: q35\nhostpci0: 00:02.0,pcie=1', 'ich9-pcie-port-1 0'],
  ['q35, last port', 'machine: q35\nhostpci15: 00:02.0,pcie=1', 'ich9-pcie-port-16 0'],
  ['q35, conventional', 'machine: q35\nhostpci0: 00:02.0', 'pci.0 80'],
  [
    'q35, conventional by -set',
    'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.bus=pci.1 -set device.hostpci0.addr=2',
    'pci.1 10',
  ],
  [
    'a CPU of Proxmox',
    'cpu: x86-64-v2-AES,hidden=1,flags=-pcid\ncores: 2\nmemory: 64\nhostpci1: 00:02.0',
    'pci.0 88',
  ],
  [
    'the N100 config on a machine of any QEMU',
    N100.replace('pc-q35-10.0+pve1', 'q35').replace('host,', 'max,').replace('8192', '64'),
    'pcie.0 10',
  ],
];

describe('the command line', () => {
  it.for(legal)('of %s is one that QEMU takes', ([, text, place], { skip }) => {
    skip(!hasQemu, `${QEMU} is not installed`);
    const device = passedDevice(parseVmConfig(text), IGPU)?.entry.key ?? '';
    expect(startStopped(qemu(text).argv, device)).toEqual({ status: 0, stderr: '', place });
  });
});
