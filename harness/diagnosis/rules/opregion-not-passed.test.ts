import { describe, expect, it } from 'vitest';
import { caseOf } from '../fixtures/case.ts';
import { conclusions } from '../fixtures/conclusions.ts';
import { setupCase } from '../fixtures/setup-case.ts';
import { OPREGION_NOT_PASSED } from './opregion-not-passed.ts';

describe('the OpRegion', () => {
  it.each([
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      ['opregion.not-passed contributing'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed warning'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'macos', symptom: 'code-43', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'linux', symptom: 'code-43' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { symptom: 'code-43' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', symptom: 'code-43', outcome: 'works' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed contributing'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed contributing'],
    ],
    [{ text: 'machine: q35\nhostpci0: mapping=gpu', facts: { guestOs: 'windows', symptom: 'code-43' } }, []],
    [{ text: 'machine: q35\nhostpci0: 00:02.1', facts: { guestOs: 'windows', symptom: 'code-43' } }, []],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=off',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=no',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=false',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=n',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=OFF',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=on',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=offer',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.1.0' },
      },
      [],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=off',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=off',
        facts: { guestOs: 'windows', symptom: 'code-43', qemuVersion: '10.0.2' },
      },
      ['opregion.not-passed cause'],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x5',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      ['opregion.not-passed contributing'],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2 -set device.hostpci0.x-igd-legacy-mode=off',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      ['opregion.not-passed contributing'],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0,legacy-igd=1\nargs: -set device.hostpci0.x-igd-opregion=off',
        facts: { guestOs: 'windows', symptom: 'code-43' },
      },
      ['opregion.not-passed contributing'],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0,legacy-igd=1',
        facts: { guestOs: 'windows', symptom: 'code-43', device: '8086:46d1', qemuVersion: '10.1.0' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2',
        facts: { guestOs: 'windows', symptom: 'code-43', device: '8086:46d1', pveVersion: '9.0.3' },
      },
      [],
    ],
    [
      {
        text: 'machine: pc\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2',
        facts: { guestOs: 'windows', symptom: 'code-43', device: '8086:3e92', qemuVersion: '10.1.0' },
      },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(OPREGION_NOT_PASSED, sketch)).toEqual(expected);
  });
});

const CONFIG =
  'hostpci0: 0000:00:02.0,pcie=1,romfile=x.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0';
const NO_VBT = 'i915 0000:00:02.0: [drm] Failed to find VBIOS tables (VBT)';

function of(
  text: string,
  facts: NonNullable<Parameters<typeof setupCase>[0]['facts']>,
  guestLines: readonly string[] = [],
) {
  const set = setupCase({ text, facts });
  return OPREGION_NOT_PASSED.conclude({ ...set, signals: caseOf({ guestLines }).signals }).map(
    ({ id, severity }) => `${id} ${severity}`,
  );
}

describe('the OpRegion that nobody asked for', () => {
  const old = { qemuVersion: '9.0.2', machine: 'q35' } as const;

  it('is missed by Windows, also where only a sentence tells of q35', () => {
    expect(of(CONFIG, { ...old, guestOs: 'windows', symptom: 'code-43' })).toEqual([
      'opregion.not-passed cause',
    ]);
  });

  it('is missed by Linux where its log says so and the monitor is dark', () => {
    const linux = { ...old, guestOs: 'linux', symptom: 'no-picture' } as const;
    expect(of(CONFIG, linux, [NO_VBT])).toEqual(['opregion.not-passed cause']);
    expect(of(CONFIG, linux)).toEqual([]);
    expect(of(CONFIG, { ...old, guestOs: 'linux' }, [NO_VBT])).toEqual([]);
    expect(of(CONFIG, { ...linux, outcome: 'works', symptom: [] }, [NO_VBT])).toEqual([]);
  });

  it('comes by itself from QEMU 10.1 on', () => {
    expect(of(CONFIG, { ...old, qemuVersion: '10.1.2', guestOs: 'windows', symptom: 'code-43' })).toEqual([]);
  });
});
