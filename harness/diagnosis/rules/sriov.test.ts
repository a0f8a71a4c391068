import { describe, expect, it, test } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { sriov } from './sriov.ts';

const N100 = { device: '8086:46d1' } as const;

describe('a virtual function and a monitor', () => {
  it.each(['no-picture', 'no-firmware-picture'] as const)('never meet: %s', (symptom) => {
    const sketch = { facts: { ...N100, mode: 'vf', symptom } } as const;
    expect(found(sriov, sketch)).toEqual(['sriov.no-display cause certain']);
    expect(advice(claimOf(sriov, 'sriov.no-display', sketch))).toContain('0000:00:02.0');
  });

  it('do not meet by the config, either', () => {
    const vms = [{ devices: [deviceOf({ host: '0000:00:02.1' })] }];
    expect(found(sriov, { facts: { ...N100, symptom: 'no-picture' }, vms })).toEqual([
      'sriov.no-display cause certain',
    ]);
  });

  it('are told of where a monitor is plugged in and nothing is said to be wrong', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', monitor: true } })).toEqual([
      'sriov.no-display warning certain',
    ]);
  });

  it('are no cause where all else works', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', symptom: 'no-picture', outcome: 'works' } })).toEqual(
      ['sriov.no-display contributing certain'],
    );
  });

  it('are not spoken of with a whole device', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'whole', symptom: 'no-picture' } })).toEqual([]);
  });
});

describe('virtual functions', () => {
  it.each(['8086:3e92', '8086:1912', '8086:5912', '8086:9bc5', '8086:8a56'])(
    'do not exist on %s',
    (device) => {
      expect(found(sriov, { facts: { device, symptom: 'vfs-missing' } })).toEqual([
        'sriov.not-supported cause certain',
      ]);
    },
  );

  it.each(['8086:46d1', '8086:4692', '8086:a780', '8086:7d55'])('exist on %s', (device) => {
    expect(found(sriov, { facts: { device, symptom: 'vfs-missing' } })).toEqual([]);
  });

  it('are known by the processor’s name, too', () => {
    expect(found(sriov, { facts: { cpu: 'i5-8500T', mode: 'vf', outcome: 'fails' } })).toEqual([
      'sriov.not-supported cause certain',
    ]);
  });

  it('of Rocket Lake are doubted only with Code 43', () => {
    const facts = { device: '8086:4c8a', mode: 'vf' } as const;
    expect(found(sriov, { facts: { ...facts, outcome: 'fails' } })).toEqual([]);
    expect(found(sriov, { facts: { ...facts, symptom: 'code-43' } })).toEqual([
      'sriov.not-supported cause likely',
    ]);
  });

  it('are not asked for with a whole device', () => {
    expect(found(sriov, { facts: { device: '8086:3e92', mode: 'whole', symptom: 'code-43' } })).toEqual([]);
  });
});

describe('the physical function', () => {
  const RESET = 'vfio-pci 0000:00:02.0: resetting';

  it('held by vfio-pci has no virtual functions', () => {
    const sketch = {
      by: 'machine',
      facts: { ...N100, hostDriver: 'vfio-pci', symptom: 'vfs-missing' },
    } as const;
    expect(found(sriov, sketch)).toEqual(['sriov.pf-on-vfio cause certain']);
    expect(claimOf(sriov, 'sriov.pf-on-vfio', sketch).evidence[0]?.text).toBe('hostDriver: vfio-pci');
  });

  it('held by vfio-pci is shown by its lines in the log', () => {
    expect(found(sriov, { facts: { ...N100, symptom: 'vfs-missing' }, lines: [RESET] })).toEqual([
      'sriov.pf-on-vfio cause certain',
    ]);
  });

  it('given to a VM has no virtual functions', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'whole', symptom: 'vfs-missing' } })).toEqual([
      'sriov.pf-on-vfio cause likely',
    ]);
  });

  it.each([
    ['a virtual function', 'vfio-pci 0000:00:02.1: resetting'],
    ['another device', 'vfio-pci 0000:03:00.0: resetting'],
  ])('is not held where vfio-pci speaks of %s', (_, line) => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', outcome: 'fails' }, lines: [line] })).toEqual([]);
  });

  it('may be held where nobody wants virtual functions', () => {
    expect(
      found(sriov, { facts: { ...N100, hostDriver: 'vfio-pci', mode: 'whole', symptom: 'code-43' } }),
    ).toEqual([]);
  });

  it('without a driver makes none', () => {
    expect(
      found(sriov, { facts: N100, lines: ['-bash: echo: write error: No such file or directory'] }),
    ).toEqual(['sriov.no-pf-driver cause likely']);
  });
});

describe('the host’s driver', () => {
  const WEDGED = 'i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!';
  const vf = { ...N100, mode: 'vf', symptom: 'code-43', guestOs: 'windows' } as const;

  it('that gave the GPU up breaks every virtual function', () => {
    expect(found(sriov, { facts: vf, lines: [WEDGED] })).toEqual(['sriov.driver-broken cause likely']);
  });

  it.each([
    ['a Linux guest, which may speak itself', { ...vf, guestOs: 'linux' }],
    ['a whole device', { ...vf, mode: 'whole' }],
    ['a system that works', { ...N100, mode: 'vf', outcome: 'works' }],
  ] as const)('is not blamed with %s', (_, facts) => {
    expect(found(sriov, { facts, lines: [WEDGED] })).toEqual([]);
  });
});

it('a virtual function that works is no finding', () => {
  expect(
    found(sriov, {
      facts: { ...N100, mode: 'vf', outcome: 'works', vfs: 7, hostDriver: 'i915' },
      lines: ['i915 0000:00:02.0: Enabled 7 VFs'],
    }),
  ).toEqual([]);
});

describe('who has no SR-IOV', () => {
  it.each([
    ['Found jasperlake (device ID 4e55) integrated display version 11.00 stepping A1'],
    ['[drm] Finished loading DMC firmware i915/icl_dmc_ver1_09.bin (v1.9)'],
    ['[drm] GuC firmware i915/ehl_guc_70.bin version 70.20.0'],
    ['[drm] GT0: GuC firmware i915/kbl_guc_70.1.1.bin version 70.1.1'],
  ])('is told by the kernel: %s', (message) => {
    const given = {
      'dmesg.txt': `[    4.100000] i915: Please file any bug report at https://github.com/strongtz/i915-sriov-dkms/issues/new.\n[    4.200000] i915 0000:00:02.0: ${message.replace(/^Found/, '[drm] Found')}\n`,
      'said.txt': 'no VFs show up\n',
    };
    expect(diagnosed(given).findings[0]?.id).toBe('sriov.not-supported');
  });

  it.each([
    'J4125, wish: SR-IOV for two VMs\nno VFs appear',
    'UHD 630, I want VFs\nsriov_numvfs does not exist',
    'HD Graphics 530\nplugin page: SR-IOV not supported',
    'Elkhart Lake box\nGPU: Elkhart Lake [UHD Graphics Gen11 16EU] 8086:4555\nno additional sub devices',
    'CPU: i5-11400\nSR-IOV Status: Not supported',
  ])('is told by its name: %s', (text) => {
    expect(diagnosed({ 'said.txt': text }).findings[0]?.id).toBe('sriov.not-supported');
  });

  it('is nobody who has a family that can', () => {
    const ids = diagnosed({ 'said.txt': 'CPU: i5-1235U\nSR-IOV Status: Not supported' }).findings.map(
      ({ id }) => id,
    );
    expect(ids).not.toContain('sriov.not-supported');
  });

  it('may be who shares the name of its graphics with one that can', () => {
    const ids = diagnosed({ 'said.txt': 'UHD 730\nno VFs appear' }).findings.map(({ id }) => id);
    expect(ids).not.toContain('sriov.not-supported');
  });
});

describe('a driver that does not come to make virtual functions', () => {
  const first = (text: string) => diagnosed({ 'said.txt': text }).findings[0]?.id;

  it.each([
    [
      'i5-12500, SR-IOV\nno VFs appear\ncmdline: quiet nomodeset intel_iommu=on i915.max_vfs=4',
      'sriov.no-pf-driver',
    ],
    ['i5-12500, SR-IOV\nno VFs appear\nmodprobe.d: install i915 /bin/false', 'sriov.no-pf-driver'],
    ['N100, VFs wanted\nthe error is: no driver bound to device', 'sriov.no-pf-driver'],
    [
      'N100 with sriov\nno VFs appear\ncmdline: intel_iommu=on xe.max_vfs=3 modprobe.blacklist=xe',
      'sriov.no-pf-driver',
    ],
    ['N100, VFs missing\ndkms status: i915-sriov-dkms/2025.03.27: added', 'sriov.driver-broken'],
    ['N100, VFs missing\ndmesg: unknown parameter max_vfs ignored', 'sriov.driver-broken'],
    ['N100, no VFs\nwriting 3 to sriov_numvfs: Numerical result out of range', 'sriov.driver-broken'],
    [
      'VF 1 to a Rocky 9 VM\nin the VM the dkms module does not build\nno /dev/dri in the VM',
      'guest.driver-missing',
    ],
  ])('%s', (text, id) => {
    expect(first(text)).toBe(id);
  });

  it.each([
    'i5-12500, 7 VFs\nVF in Windows 11 shows code 43\ncmdline: nomodeset intel_iommu=on i915.max_vfs=7',
    'i5-12500, VF in Windows\nno VFs appear\ncmdline: intel_iommu=on i915.max_vfs=7 module_blacklist=xe',
  ])('is not said to be kept out without need: %s', (text) => {
    expect(diagnosed({ 'said.txt': text }).findings.map(({ id }) => id)).not.toContain('sriov.no-pf-driver');
  });
});

describe('a dark screen of a virtual function', () => {
  const causesOf = (text: string) => causes(diagnosed({ 'said.txt': text }));

  it.each([
    'VF in Windows 11\nremote desktop turns black with the Intel driver',
    'VF in Windows 11\nhost panics and the screen goes black when the VM starts',
    'VF in Windows 11\nwhile playing a video the screen goes black',
  ])('is not for want of an output: %s', (text) => {
    expect(diagnosed({ 'said.txt': text }).findings.map(({ id }) => id)).not.toContain('sriov.no-display');
  });

  it('is no failure where the function is used otherwise', () => {
    const text = 'VF in Windows 11, no code 43\nmonitor on HDMI stays black';
    expect(causesOf(text)).toEqual([]);
    expect(diagnosed({ 'said.txt': text }).findings[0]?.id).toBe('sriov.no-display');
  });
});

test('a fault of the host’s driver as a virtual function is used is its own', () => {
  const given = {
    'dmesg.txt':
      '[    5.100000] i915 0000:00:02.0: Enabled 4 VFs\n[   61.200000] WARNING: CPU: 4 PID: 2201 at arch/x86/mm/ioremap.c:459 iounmap+0x2a/0x100\n',
    'said.txt': 'VF to a Windows VM\nthe VM does not start\n',
  };
  expect(diagnosed(given).findings[0]?.id).toBe('sriov.driver-broken');
});

describe('what tells of virtual functions', () => {
  it.each([
    [{ facts: { device: '8086:46d1', hostDriver: 'vfio-pci', vfs: 7 } }, ['sriov.pf-on-vfio cause likely']],
    [{ facts: { device: '8086:46d1', hostDriver: 'i915', vfs: 7 } }, []],
    [{ facts: { device: '8086:46d1', hostDriver: 'vfio-pci', vfs: 7, outcome: 'works' } }, []],
    [
      { facts: { device: '8086:46d1', hostDriver: 'vfio-pci', mode: 'vf', outcome: 'fails' } },
      ['sriov.pf-on-vfio cause likely'],
    ],
    [
      { facts: { device: '8086:46d1', vfs: 7 }, lines: ['vfio-pci 0000:00:02.0: resetting'] },
      ['sriov.pf-on-vfio contributing likely'],
    ],
    [
      {
        facts: { device: '8086:46d1', mode: 'whole' },
        lines: ['pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV'],
      },
      ['sriov.pf-on-vfio cause likely'],
    ],
    [
      {
        facts: { device: '8086:46d1' },
        lines: ['pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV'],
      },
      [],
    ],
    [
      {
        facts: { device: '8086:46d1', hostDriver: 'vfio-pci' },
        lines: ['pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV'],
      },
      ['sriov.pf-on-vfio cause certain'],
    ],
    [{ facts: { device: '8086:46d1', mode: 'whole', vfs: 7 } }, []],
    [{ facts: { device: '8086:46d1', symptom: 'vfs-missing', hostDriver: 'i915' } }, []],
    [{ facts: { outcome: 'works' }, lines: ['-bash: echo: write error: No such file or directory'] }, []],
    [
      {
        facts: { device: '8086:46d1', mode: 'vf', guestOs: 'windows', symptom: 'code-43' },
        guestLines: ['i915 0000:00:02.0: [drm] *ERROR* GT0: GuC initialization failed -ETIMEDOUT'],
      },
      ['sriov.driver-broken cause likely'],
    ],
    [
      {
        facts: { device: '8086:46d1', mode: 'vf', guestOs: 'windows', symptom: 'code-43' },
        lines: ['i915 0000:03:00.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!'],
      },
      [],
    ],
    [{ facts: { symptom: 'vfs-missing' } }, []],
    [{ facts: { mode: 'vf', outcome: 'fails' } }, []],
    [
      { facts: { device: '8086:4c8a', symptom: ['vfs-missing', 'code-43'] } },
      ['sriov.not-supported cause likely'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(sriov, sketch)).toEqual(expected);
  });
});

describe('who holds the physical function', () => {
  const said = (text: string) => diagnosed({ 'said.txt': text }).findings[0]?.id;

  it.each([
    'i915-sriov-dkms, max_vfs=7, seven VFs after boot\npassed 0000:00:02.0 to the Ubuntu VM\nsince then the others are missing',
    'SR-IOV on an N100\nI added 00:02.0 to the VM\nnow the VFs are gone',
    'Core Ultra 5 with VFs\ngave the PF to the Windows guest, the virtual functions disappear',
  ])('is a VM: %s', (text) => {
    expect(said(text)).toBe('sriov.pf-on-vfio');
  });

  it.each([
    'Proxmox, kernel 6.8.12-5-pve, quiet i915.enable_guc=3 i915.max_vfs=7\nlsmod | grep i915: no output',
    'PVE host with i915-sriov-dkms, want VFs\nlsmod | grep i915 returns nothing',
  ])('is nobody, by the host’s own tools: %s', (text) => {
    expect(said(text)).toBe('sriov.no-pf-driver');
  });
});

describe('an lspci that lists capabilities without SR-IOV', () => {
  const lspci = `00:02.0 VGA compatible controller: Intel Corporation Device 4c8a (rev 04)
\tCapabilities: [40] Vendor Specific Information: Len=0c <?>
\tCapabilities: [100] Process Address Space ID (PASID)
\tCapabilities: [200] Address Translation Service (ATS)
`;
  const first = (facts: string) => diagnosed({ 'facts.txt': facts, 'lspci.txt': lspci }).findings[0]?.id;

  it.each(['i5-11500, want the virtual functions', 'i7-11700\nno VFs appear'])(
    'decides where they are wanted: %s',
    (facts) => {
      expect(first(facts)).toBe('sriov.not-supported');
    },
  );

  it('says nothing where they are not', () => {
    expect(first('i5-11500, whole iGPU to Windows, works')).toBe('works');
  });
});
