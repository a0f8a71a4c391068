import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { sriovDriver } from './sriov-driver.ts';

type Told = NonNullable<CaseSketch['facts']>;
const NO_DRIVER = ['sriov.no-pf-driver cause likely'];
const BROKEN = ['sriov.driver-broken cause likely'];
const ENOENT = '-bash: echo: write error: No such file or directory';
const WANTED = { device: '8086:46d1', symptom: 'vfs-missing' } as const;
const VF = { device: '8086:46d1', mode: 'vf', symptom: 'code-43', guestOs: 'windows' } as const;
const OOPS = 'WARNING: CPU: 4 PID: 2201 at arch/x86/mm/ioremap.c:459 iounmap+0x2a/0x100';
const WEDGED = 'i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!';
const GUC = 'i915 0000:00:02.0: [drm] *ERROR* GT0: GuC initialization failed -ETIMEDOUT';

describe('a host on which nothing makes virtual functions', () => {
  it.each<CaseSketch>([
    { lines: [ENOENT] },
    { lines: [ENOENT], facts: { ...WANTED, sign: 'no-pf-driver' } },
    { facts: { ...WANTED, sign: 'no-pf-driver' } },
    { facts: { ...WANTED, sign: 'driver-kept-out' } },
    { facts: { ...WANTED, kernelCommandLine: 'quiet nomodeset' } },
    { facts: { ...WANTED, guestSight: 'no-module' } },
    { facts: { ...WANTED, guestSight: 'unbound' } },
    { facts: { ...WANTED, sign: 'no-pf-driver', vfs: 7 } },
    { by: 'machine', facts: { ...WANTED, sign: 'no-pf-driver', vfs: 0 } },
  ])('has no driver for it: %j', (sketch) => {
    expect(found(sriovDriver, sketch)).toEqual(NO_DRIVER);
  });

  it.each<CaseSketch>([
    { facts: { sign: 'no-pf-driver', mode: 'whole', outcome: 'fails' } },
    { facts: { ...WANTED, guestSight: 'no-module', guestOs: 'linux' } },
    { facts: { ...WANTED, guestSight: 'bound' } },
    { facts: WANTED },
    { facts: { outcome: 'works' }, lines: [ENOENT] },
  ])('is not shown by %j', (sketch) => {
    expect(found(sriovDriver, sketch)).toEqual([]);
  });

  it.each<CaseSketch>([
    { by: 'machine', facts: { vfs: 7 } },
    { facts: { symptom: 'code-43' } },
    { facts: { symptom: 'corrupt-picture' } },
    { lines: ['i915 0000:00:02.0: Enabled 7 VFs'] },
    { lines: ['i915 0000:00:02.1: Running in SR-IOV VF mode'] },
  ])('is not meant where there are some: %j', (sketch) => {
    expect(found(sriovDriver, { ...sketch, lines: [ENOENT, ...(sketch.lines ?? [])] })).toEqual([]);
    const facts = { ...sketch.facts, sign: 'module-unbuilt' } as const;
    expect(found(sriovDriver, { ...sketch, facts })).toEqual([]);
  });
});

describe('a module with SR-IOV that was not built', () => {
  it('breaks the host’s virtual functions', () => {
    expect(found(sriovDriver, { facts: { ...WANTED, sign: 'module-unbuilt' } })).toEqual(BROKEN);
  });

  it('was built after all where the driver says that it can make them', () => {
    const lines = ['i915 0000:00:02.0: Running in SR-IOV PF mode'];
    expect(found(sriovDriver, { facts: { ...WANTED, sign: 'module-unbuilt' }, lines })).toEqual([]);
  });

  it('in the guest leaves it without a driver', () => {
    expect(
      found(sriovDriver, { facts: { mode: 'vf', guestOs: 'linux', sign: 'guest-module-unbuilt' } }),
    ).toEqual(['guest.driver-missing cause likely']);
  });
});

describe('a host’s driver that faults', () => {
  it.each(['host-freezes', 'vm-does-not-start'] as const)(
    'as a virtual function is used is to blame for %s',
    (symptom) => {
      expect(found(sriovDriver, { facts: { mode: 'vf', symptom }, lines: [OOPS] })).toEqual(BROKEN);
    },
  );

  it.each<CaseSketch>([
    { facts: { mode: 'whole', symptom: 'host-freezes' }, lines: [OOPS] },
    { facts: { mode: 'vf', symptom: 'no-audio' }, lines: [OOPS] },
    { facts: { mode: 'vf', symptom: 'host-freezes' } },
  ])('is not seen in %j', (sketch) => {
    expect(found(sriovDriver, sketch)).toEqual([]);
  });
});

describe('a host’s driver that gave the GPU up', () => {
  it('breaks every virtual function', () => {
    expect(found(sriovDriver, { facts: VF, lines: [WEDGED] })).toEqual(BROKEN);
    expect(found(sriovDriver, { facts: VF, guestLines: [GUC] })).toEqual(BROKEN);
  });

  it.each<readonly [Told, string]>([
    [VF, WEDGED.replace('00:02.0', '00:02.1')],
    [{ ...VF, guestOs: 'linux' }, WEDGED],
    [{ ...VF, mode: 'whole' }, WEDGED],
    [VF, 'i915 0000:00:02.0: [drm] VT-d active for gfx access'],
  ])('is not seen in %j with %s', (facts, line) => {
    expect(found(sriovDriver, { facts, lines: [line] })).toEqual([]);
  });
});

it.each<readonly [CaseSketch, readonly string[]]>([
  [
    {
      facts: {
        ...WANTED,
        sign: ['driver-kept-out', 'no-pf-driver'],
        guestSight: ['no-module', 'unbound'],
        kernelCommandLine: 'quiet nomodeset',
      },
      lines: [ENOENT],
    },
    [
      'sriov.no-pf-driver cause likely: No driver that can make virtual functions is bound to 00:02.0',
      `< ${ENOENT}`,
      '< sign: driver-kept-out',
      '< sign: no-pf-driver',
      '< kernelCommandLine: quiet nomodeset',
      '< guestSight: no-module',
      '< guestSight: unbound',
      'steps host host',
      'explains host.device-missing sriov.driver-broken guest.driver-missing',
    ],
  ],
  [
    { facts: { ...WANTED, sign: 'module-unbuilt' } },
    [
      'sriov.driver-broken cause likely: The module with SR-IOV is not built for the kernel that runs',
      '< sign: module-unbuilt',
      'steps host',
      'explains host.device-missing guest.driver-missing',
    ],
  ],
  [
    { facts: { sign: 'guest-module-unbuilt' } },
    [
      'guest.driver-missing cause likely: The module with SR-IOV is not built in the guest',
      '< sign: guest-module-unbuilt',
      'steps guest',
      'explains sriov.driver-broken',
    ],
  ],
  [
    { facts: { mode: 'vf', symptom: 'host-freezes' }, lines: [OOPS] },
    [
      'sriov.driver-broken cause likely: The host’s graphics driver faults when a virtual function is used',
      `< ${OOPS}`,
      'steps host host',
      'explains host.crash',
    ],
  ],
  [
    { facts: VF, lines: [WEDGED], guestLines: [GUC] },
    [
      'sriov.driver-broken cause likely: The host’s driver declares the GPU wedged: no virtual function of it can work',
      `< ${WEDGED}`,
      `< ${GUC}`,
      'steps host',
      'explains host.reset-failed guest.firmware-missing guest.code43',
    ],
  ],
])('in full: %j', (sketch, expected) => {
  expect(whole(sriovDriver, caseOf(sketch))).toEqual(expected);
});
