import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../vmconfig/any-text.fixture.ts';
import { N100 } from '../../vmconfig/n100.fixture.ts';
import { conclusions } from '../fixtures/conclusions.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import { CONFIG_RULES } from './config.ts';

const all = (sketch: SetupSketch) => CONFIG_RULES.flatMap((rule) => conclusions(rule, sketch));

describe('CONFIG_RULES', () => {
  it.each([
    {},
    { outcome: 'works' },
    { device: '8086:46d1', qemuVersion: '10.0.2' },
    { device: '8086:46d1', qemuVersion: '10.1.2' },
  ] as const)('names no cause on a config that works, with %j', (facts) => {
    expect(all({ text: N100, facts })).toEqual(['config.ballooning info', 'audio.not-passed info']);
  });

  it.each([
    [
      'hostpci0: 00:02.1,pcie=1\ncpu: host,hidden=1',
      { symptom: 'code-43' },
      ['guest.hypervisor-hidden cause'],
    ],
    ['hostpci0: 00:02.1,pcie=1\nargs: -cpu host,-hypervisor', {}, ['guest.hypervisor-hidden warning']],
    [
      'hostpci0: 00:02.1\ncpu: host,hidden=1\nostype: l26',
      { symptom: 'code-43' },
      ['guest.hypervisor-hidden info'],
    ],
    ['hostpci0: 00:02.1\ncpu: host', { symptom: 'code-43' }, []],
    ['hostpci0: 00:02.0\ncpu: EPYC', {}, ['guest.cpu-vendor warning', 'audio.not-passed info']],
    ['machine: pc-q35-10.1\nvga: none', { qemuVersion: '10.0.2' }, ['config.machine-unknown cause']],
    ['machine: pc-q35-10.0\nvga: none', { qemuVersion: '10.0.2' }, []],
    [
      'hostpci0: 00:02\nhostpci1: 00:02.0',
      {},
      ['config.passes-whole-device info', 'config.duplicate-device cause', 'audio.not-passed info'],
    ],
    ['hostpci0: 00:02', { vfs: 7 }, ['config.passes-whole-device cause']],
    ['hostpci0: 00:02.0', { mode: 'vf' }, ['config.passes-whole-device cause']],
    ['hostpci0: 00:02.0\nhostpci1: 00:1f.3', {}, []],
    ['hostpci0: 00:02.0,romfile=/root/a.rom\nhostpci1: 00:1f.3', {}, ['rom.file-not-found cause']],
    ['hostpci0: 00:02.0,romfile=../../../root/a.rom\nhostpci1: 00:1f.3', {}, ['rom.file-not-found info']],
    ['hostpci0: 00:02.1\nvga: std', { symptom: 'code-43' }, ['config.vga-not-none contributing']],
    ['hostpci0: 00:02.1\nvga: virtio', {}, ['config.vga-not-none info']],
  ] as const)('%j with %j', (text, facts, expected) => {
    const found = all({ text, facts }).filter((one) => !one.startsWith('config.igpu-address'));
    expect(found.filter((one) => expected.length > 0 || !one.endsWith('info'))).toEqual(
      'vfs' in facts ? [...expected, 'audio.not-passed info'] : expected,
    );
  });

  it('finds the hidden hypervisor among plain facts', () => {
    const facts = { sign: 'hypervisor-hidden', mode: 'vf', symptom: 'code-43', guestOs: 'windows' } as const;
    expect(all({ facts })).toEqual(['guest.hypervisor-hidden cause']);
  });

  it.each([
    [{ qemuVersion: '10.0.2', symptom: 'code-43' }, 'opregion.not-passed cause'],
    [{ symptom: 'code-43' }, 'opregion.not-passed contributing'],
    [{ qemuVersion: '9.2.0' }, 'opregion.not-passed warning'],
    [{ qemuVersion: '10.1.0', symptom: 'code-43' }, null],
    [{ qemuVersion: '9.2.0', outcome: 'works' }, null],
  ] as const)('the OpRegion on q35 with %j: %s', (facts, expected) => {
    const text = N100.replace(' -set device.hostpci0.x-igd-opregion=on', '').replace(
      'pc-q35-10.0+pve1',
      'q35',
    );
    expect(all({ text, facts }).filter((one) => one.startsWith('opregion'))).toEqual(
      expected === null ? [] : [expected],
    );
  });

  it.each([
    [
      { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'no-picture' },
      ['qemu.legacy-not-for-generation cause'],
    ],
    [{ device: '8086:46d1', qemuVersion: '10.0.2', symptom: 'no-picture' }, []],
    [{ device: '8086:3e92', qemuVersion: '10.1.2', symptom: 'no-picture' }, []],
    [
      { device: '8086:46d1', qemuVersion: '10.1.2', outcome: 'works' },
      ['qemu.legacy-not-for-generation info'],
    ],
    [{ device: '8086:46d1', pveVersion: '9.1.1' }, ['qemu.legacy-not-for-generation warning']],
  ] as const)('legacy mode on a newer iGPU with %j', (facts, expected) => {
    const text = 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1,romfile=a.rom\nhostpci1: 00:1f.3';
    expect(all({ text, facts })).toEqual(expected);
  });

  it('claims only findings that its rules list, with evidence', () => {
    for (const rule of CONFIG_RULES)
      for (const claim of rule.conclude(
        setupCase({ text: `${N100}\nhostpci1: 00:02,legacy-igd=1`, facts: { symptom: 'code-43' } }),
      )) {
        expect(rule.findings).toContain(claim.id);
        expect(claim.evidence.length).toBeGreaterThan(0);
      }
  });

  it('takes any text in any of the forms', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\nhostpci0: 00:02.0',
        '\nargs: ',
        ' -set device.hostpci0.',
        '=',
        '<hostdev type="pci">',
        'kvm -device vfio-pci,',
      ),
      anyText,
    );
    const kind = fc.constantFrom('proxmox-config', 'libvirt-xml', 'qemu-command-line');
    fc.assert(
      fc.property(fc.array(piece), kind, (pieces, form) => {
        all({ text: pieces.join(''), kind: form });
      }),
    );
  });

  it('does not mind the order of a config’s lines', () => {
    const broken = N100.replace('addr=0x02.0', 'addr=0x05')
      .replace('vga: none', 'vga: std')
      .replace('0x2 ', '0xf0 ');
    const expected = all({ text: broken }).toSorted();
    const lines = broken.trim().split('\n');
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(all({ text: shuffled.join('\n') }).toSorted()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
