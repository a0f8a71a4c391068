import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../vmconfig/any-text.fixture.ts';
import { N100 } from '../../vmconfig/n100.fixture.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import type { VmEdit } from '../finding.ts';
import { CONFIG_RULES } from '../rules/config.ts';
import { applyFix } from './apply-fix.ts';

const fixOf = (vm: readonly VmEdit[]) => ({ why: 'because', vm, steps: [], source: 'here' });

function applied(sketch: SetupSketch, edit: VmEdit) {
  return applyFix(fixOf([edit]), setupCase(sketch).vms[0] ?? null, sketch.text ?? null);
}

describe('applyFix on a Proxmox config', () => {
  it('shows the changed lines of the whole as a diff', () => {
    const { diff, paste } = applied(
      { text: N100 },
      { edit: 'device-property', name: 'x-igd-gms', value: '0x6' },
    );
    expect(paste).toEqual([]);
    expect(diff?.split('\n')).toEqual([
      '--- 103.conf',
      '+++ 103.conf',
      '@@ -1,3 +1,3 @@',
      ' agent: 1',
      expect.stringMatching(/^-args: .*x-igd-gms=0x2 /),
      expect.stringMatching(/^\+args: .*x-igd-gms=0x6 /),
      ' balloon: 4096',
    ]);
  });

  it.each<[string, VmEdit, readonly string[]]>([
    [
      'hostpci0: 00:02.0',
      { edit: 'romfile', file: 'a.rom' },
      ['-hostpci0: 00:02.0', '+hostpci0: 00:02.0,romfile=a.rom'],
    ],
    [
      'hostpci0: 00:02.0,romfile=a.rom',
      { edit: 'no-romfile' },
      ['-hostpci0: 00:02.0,romfile=a.rom', '+hostpci0: 00:02.0'],
    ],
    [
      'machine: pc-q35-10.0+pve1',
      { edit: 'machine', type: 'i440fx' },
      ['-machine: pc-q35-10.0+pve1', '+machine: pc-i440fx-10.0+pve1'],
    ],
    [
      'machine: pc-q35-11.0,viommu=intel',
      { edit: 'machine', type: 'q35' },
      ['-machine: pc-q35-11.0,viommu=intel', '+machine: q35,viommu=intel'],
    ],
    ['vga: std', { edit: 'display', value: 'none' }, ['-vga: std', '+vga: none']],
    ['cpu: host,hidden=1', { edit: 'cpu-hidden', hidden: false }, ['-cpu: host,hidden=1', '+cpu: host']],
    [
      "args: -cpu 'host,-hypervisor,kvm=off'",
      { edit: 'cpu-hidden', hidden: false },
      ["-args: -cpu 'host,-hypervisor,kvm=off'", "+args: -cpu 'host'"],
    ],
    ['cpu: host', { edit: 'phys-bits-limit', bits: 39 }, ['-cpu: host', '+cpu: host,phys-bits=39']],
    [
      'hostpci0: 00:02',
      { edit: 'host-device', from: '0000:00:02', to: '0000:00:02.0' },
      ['-hostpci0: 00:02', '+hostpci0: 0000:00:02.0'],
    ],
    [
      'hostpci0: 00:02.0,x-vga=1',
      { edit: 'hostpci', name: 'x-vga', value: null },
      ['-hostpci0: 00:02.0,x-vga=1', '+hostpci0: 00:02.0'],
    ],
    [
      'hostpci0: 01:00.0\nhostpci1: 02:00.0,pcie=1',
      { edit: 'hostpci', name: 'pcie', value: null, device: 'hostpci1' },
      [' hostpci0: 01:00.0', '-hostpci1: 02:00.0,pcie=1', '+hostpci1: 02:00.0'],
    ],
    [
      'hostpci0: 00:02.0',
      { edit: 'guest-address', bus: 'pci.0', slot: 2 },
      [' hostpci0: 00:02.0', '+args: -set device.hostpci0.addr=0x02.0'],
    ],
    [
      "args: -cpu 'host",
      { edit: 'args', from: "-cpu 'host", to: '-cpu host' },
      ["-args: -cpu 'host", '+args: -cpu host'],
    ],
    [
      '- balloon: 1024\n- vga: none',
      { edit: 'ballooning', on: false },
      ['-balloon: 1024', '+balloon: 0', ' vga: none'],
    ],
  ])('%j with %j', (text, edit, expected) => {
    expect(applied({ text }, edit).diff?.split('\n').slice(3)).toEqual(expected);
  });

  it('gives a line where the config cannot take the edit', () => {
    const { diff, paste } = applied({ text: 'machine: q35' }, { edit: 'romfile', file: 'a.rom' });
    expect(diff).toBeNull();
    expect(paste.map(({ text }) => text)).toEqual(['hostpci0: …,romfile=a.rom']);
  });

  it('gives lines for qm showcmd, whose devices stand in a config elsewhere', () => {
    const text = 'kvm -device vfio-pci,host=0000:00:02.0,id=hostpci0';
    const { paste } = applied({ text, kind: 'qemu-command-line' }, { edit: 'display', value: 'none' });
    expect(paste.map((each) => each.text)).toEqual(['vga: none']);
  });

  it('makes the rules silent that asked for it', () => {
    const broken =
      'machine: q35\nvga: std\ncpu: host\nhostpci0: 00:02.0,legacy-igd=1,x-vga=1,pcie=1\nhostpci1: 00:1f.3\n';
    let text = broken;
    for (let round = 0; round < 5; round++) {
      const of = setupCase({ text });
      const [claim] = CONFIG_RULES.flatMap((rule) => rule.conclude(of)).filter(
        ({ severity }) => severity === 'cause',
      );
      if (claim === undefined || claim.fix === null) break;
      const { diff } = applyFix(claim.fix, of.vms[0] ?? null, text);
      expect(diff).not.toBeNull();
      text = patched(text, diff ?? '');
    }
    expect(text).toBe(
      'machine: pc\nvga: none\ncpu: host\nhostpci0: 00:02.0,legacy-igd=1\nhostpci1: 00:1f.3\n',
    );
  });
});

/** The text that a diff of few lines leads to. */
function patched(text: string, diff: string): string {
  const hunks = diff.split(/^@@.*@@\n/m).slice(1);
  return hunks.reduce((before, hunk) => {
    const lines = hunk.replace(/\n$/, '').split('\n');
    const side = (without: string) =>
      lines
        .filter((line) => !line.startsWith(without))
        .map((line) => line.slice(1))
        .join('\n');
    expect(before).toContain(side('+'));
    return before.replace(side('+'), () => side('-'));
  }, text);
}

describe('applyFix elsewhere', () => {
  const libvirt = {
    text: "<hostdev type='pci'><source><address bus='0' slot='2' function='0'/></source><alias name='ua-gpu'/></hostdev>",
    kind: 'libvirt-xml',
  } as const;

  it('writes overrides for libvirt with the type that QEMU wants', () => {
    const { paste } = applied(libvirt, { edit: 'device-property', name: 'x-igd-gms', value: '0x6' });
    expect(paste[0]?.text).toContain("alias='ua-gpu'");
    expect(paste[0]?.text).toContain("<qemu:property name='x-igd-gms' type='unsigned' value='6'/>");
    const mode = applied(libvirt, { edit: 'device-property', name: 'x-igd-legacy-mode', value: 'off' });
    expect(mode.paste[0]?.text).toContain("type='string' value='off'");
  });

  it('places XML', () => {
    const { paste } = applied(libvirt, { edit: 'guest-address', bus: 'pci.0', slot: 2 });
    expect(paste).toEqual([
      {
        where: 'inside the iGPU’s <hostdev>, after <source>',
        text: "<address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>",
      },
    ]);
    expect(applied(libvirt, { edit: 'romfile', file: "/a'b.rom" }).paste[0]?.text).toBe(
      "<rom bar='on' file='/a&#39;b.rom'/>",
    );
  });

  it('rewrites QEMU’s own option', () => {
    const sketch = {
      text: 'qemu-system-x86_64 -device vfio-pci,host=00:02.0,x-vga=on',
      kind: 'qemu-command-line',
    } as const;
    expect(applied(sketch, { edit: 'romfile', file: '/opt/a,b.rom' }).paste).toEqual([
      {
        where: 'the passed device becomes',
        text: '-device vfio-pci,host=00:02.0,x-vga=on,romfile=/opt/a,,b.rom',
      },
    ]);
    expect(applied(sketch, { edit: 'machine', type: 'q35' }).paste[0]?.text).toBe('-machine q35');
  });

  it('speaks of Proxmox where no VM was given, unless another hypervisor is known', () => {
    const fix = fixOf([{ edit: 'display', value: 'none' }]);
    expect(applyFix(fix, null, null).paste[0]?.text).toBe('vga: none');
    expect(applyFix(fix, null, null, 'unraid').paste[0]?.text).toContain('<video>');
    expect(applyFix(fix, null, null, 'qemu').paste[0]?.text).toBe('-vga none');
  });

  it('takes whatever a config says', () => {
    const edits: readonly VmEdit[] = [
      { edit: 'romfile', file: 'a.rom' },
      { edit: 'device-property', name: 'x-igd-gms', value: '0x6' },
      { edit: 'machine', type: 'i440fx' },
      { edit: 'cpu-hidden', hidden: false },
      { edit: 'guest-address', bus: 'pcie.0', slot: 2 },
    ];
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('args: ', 'cpu: ', 'hostpci0: 00:02.0,', 'machine: ', ''), anyText),
        ),
        (lines) => {
          const text = `vga: none\n${lines.map(([key, value]) => key + value).join('\n')}`;
          for (const edit of edits) applied({ text }, edit);
        },
      ),
    );
  });
});
