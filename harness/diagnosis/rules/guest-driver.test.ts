import { describe, expect, it } from 'vitest';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { guestDriver } from './guest-driver.ts';

const MISSING = 'guest.driver-missing';

describe('a Linux guest', () => {
  it.each([
    '6.1.0-18-cloud-amd64',
    '6.8.0-1009-kvm',
    '6.8.0-1009-aws',
    '6.8.0-1007-azure',
    '6.12.1-gcp',
    '6.6.49-0-virt',
  ])('with the cloud kernel %s has no driver', (guestKernel) => {
    const sketch = { facts: { guestOs: 'linux', guestKernel, symptom: 'no-render-node' } } as const;
    expect(found(guestDriver, sketch)).toEqual([`${MISSING} cause certain`]);
    const claim = claimOf(guestDriver, MISSING, sketch);
    expect(claim.evidence.map(({ text }) => text)).toContain(`guestKernel: ${guestKernel}`);
    expect(advice(claim)).toContain('linux-image-amd64');
  });

  it.each(['6.1.0-18-amd64', '6.8.0-45-generic', '6.6.52-1-lts'])(
    'with the kernel %s lacks a driver or the media driver, where it lacks something',
    (guestKernel) => {
      const facts = { guestOs: 'linux', guestKernel, symptom: 'no-acceleration' } as const;
      expect(found(guestDriver, { facts })).toEqual([`${MISSING} cause likely`]);
      expect(claimOf(guestDriver, MISSING, { facts }).collect).not.toEqual([]);
    },
  );

  it('whose i915 lacks modules has no driver', () => {
    const sketch = {
      facts: { guestOs: 'linux', outcome: 'fails' },
      guestLines: ['i915: Unknown symbol drm_buddy_block_print (err -2)'],
    } as const;
    expect(found(guestDriver, sketch)).toEqual([`${MISSING} cause certain`]);
    expect(claimOf(guestDriver, MISSING, sketch).evidence[0]?.text).toContain('drm_buddy_block_print');
  });

  it.each([
    'i915 0000:06:10.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!',
    'i915 0000:06:10.0: Device initialization failed (-19)',
    '[drm:fw_domains_get_with_fallback [i915]] *ERROR* gt: timed out waiting for forcewake ack request.',
    'modprobe: FATAL: Module i915 not found in directory /lib/modules/6.1.0-18-amd64',
  ])('that says %j has no driver for what it was given', (line) => {
    const sketch = { facts: { guestOs: 'linux', outcome: 'fails' }, guestLines: [line] } as const;
    expect(found(guestDriver, sketch)).toEqual([`${MISSING} cause likely`]);
  });

  it('with a virtual function needs a driver that knows SR-IOV', () => {
    const facts = { guestOs: 'linux', mode: 'vf', outcome: 'fails' } as const;
    expect(found(guestDriver, { facts })).toEqual([`${MISSING} cause likely`]);
    expect(advice(claimOf(guestDriver, MISSING, { facts }))).toContain('i915-sriov-dkms');
  });

  it.each([
    ['the host freezes', { symptom: 'host-freezes' }],
    ['Windows fails, too', { guestOs: ['linux', 'windows'] }],
    ['a trial says what it depends on', { compared: 'host-kernel' }],
  ] as const)('with a virtual function is not to blame where %s', (_, facts) => {
    expect(
      found(guestDriver, { facts: { guestOs: 'linux', mode: 'vf', outcome: 'fails', ...facts } }),
    ).toEqual([]);
  });

  it.each([
    ['that works', { guestKernel: '6.1.0-18-cloud-amd64', outcome: 'works' }],
    ['of which nothing is said', { guestKernel: '6.1.0-18-cloud-amd64' }],
    ['with a plain kernel that fails in another way', { guestKernel: '6.1.0-18-amd64', outcome: 'fails' }],
    ['that is dark', { symptom: 'no-picture' }],
  ] as const)('%s is no finding', (_, facts) => {
    expect(found(guestDriver, { facts: { guestOs: 'linux', ...facts } })).toEqual([]);
  });

  it('that hangs has a driver that came that far', () => {
    const sketch = {
      facts: { guestOs: 'linux', symptom: 'no-render-node' },
      lines: ['INFO: task systemd-udevd:182 blocked for more than 120 seconds.'],
    } as const;
    expect(found(guestDriver, { facts: sketch.facts })).toHaveLength(1);
    expect(found(guestDriver, sketch)).toEqual([]);
  });

  it('is not meant where nobody names Linux', () => {
    expect(found(guestDriver, { facts: { symptom: 'no-render-node' } })).toEqual([]);
  });
});

describe('Windows', () => {
  it('says with code 28 that there is no driver', () => {
    const facts = { guestOs: 'windows', problemCode: 28 } as const;
    expect(found(guestDriver, { facts })).toEqual([`${MISSING} cause certain`]);
    expect(claimOf(guestDriver, MISSING, { facts }).explains).toContain('guest.problem-code');
  });

  it.each([0, 10, 12, 31, 39, 43])('says nothing of the kind with code %i', (problemCode) => {
    expect(found(guestDriver, { facts: { guestOs: 'windows', problemCode } })).toEqual([]);
  });

  it('with the Basic Display driver does not use the iGPU', () => {
    expect(found(guestDriver, { facts: { symptom: 'basic-display' } })).toEqual([
      'guest.basic-display-driver cause likely',
    ]);
  });

  it('with the Basic Display driver after Code 43 has another trouble', () => {
    expect(found(guestDriver, { facts: { symptom: ['basic-display', 'code-43'] } })).toEqual([]);
  });
});

describe('what a Linux guest shows', () => {
  it.each([
    [
      {
        facts: { guestOs: 'linux', symptom: 'no-render-node' },
        guestLines: [
          'i915 0000:00:10.0: [drm] Failed to load DMC firmware i915/adlp_dmc.bin (-ENOENT). Disabling runtime power management.',
        ],
      },
      [],
    ],
    [
      {
        facts: { guestOs: 'linux', symptom: 'no-render-node' },
        guestLines: ['i915 0000:00:10.0: Direct firmware load for i915/tgl_guc_70.bin failed with error -2'],
      },
      [],
    ],
    [
      {
        facts: { guestOs: 'linux', symptom: 'no-render-node' },
        guestLines: [
          'i915 0000:00:10.0: [drm] Failed to load DMC firmware i915/adlp_dmc.bin (-ENOENT). Disabling runtime power management.',
          'i915 0000:00:10.0: [drm] GT0: GuC firmware i915/tgl_guc_70.bin version 70.13.1',
        ],
      },
      ['guest.driver-missing cause likely'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.1.0-18-cloud-amd64' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-kvm' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-virtual' } },
      ['guest.driver-missing cause certain'],
    ],
    [{ facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.1.0-18-amd64' } }, []],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.12-cloud-amd64' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-aws' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-azure' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-gcp' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      { facts: { guestOs: 'linux', outcome: 'fails', guestKernel: '6.8.0-1010-virt' } },
      ['guest.driver-missing cause certain'],
    ],
    [
      {
        facts: { guestOs: 'linux', outcome: 'fails' },
        guestLines: ['i915: Unknown symbol drm_buddy_block_print (err -2)'],
      },
      ['guest.driver-missing cause certain'],
    ],
    [
      {
        facts: { guestOs: 'linux', symptom: 'no-render-node' },
        guestLines: ['i915 0000:00:10.0: old vGPU host found, support for HWSP emulation required'],
      },
      [],
    ],
    [
      {
        facts: { guestOs: 'linux', symptom: 'no-render-node' },
        guestLines: [
          'i915 0000:06:10.0: [drm] *ERROR* GT0: GUC: TLB invalidation response timed out for seqno 7',
        ],
      },
      [],
    ],
    [{ facts: { guestOs: 'linux', mode: 'vf', outcome: 'fails' } }, ['guest.driver-missing cause likely']],
    [{ facts: { guestOs: ['linux', 'windows'], mode: 'vf', outcome: 'fails' } }, []],
    [
      { facts: { guestOs: ['linux', 'windows'], mode: 'vf', symptom: 'no-render-node' } },
      ['guest.driver-missing cause likely'],
    ],
    [{ facts: { guestOs: 'linux', mode: 'vf', symptom: 'host-freezes' } }, []],
    [{ facts: { guestOs: 'linux', mode: 'vf', compared: 'qemu' } }, []],
    [{ facts: { guestOs: 'linux', symptom: 'no-render-node', outcome: 'works' } }, []],
    [{ facts: { problemCode: 28, outcome: 'works' } }, []],
    [
      { facts: { symptom: 'basic-display', outcome: 'works' } },
      ['guest.basic-display-driver warning likely'],
    ],
    [{ facts: { symptom: ['basic-display', 'code-43'] } }, []],
    [{ facts: { guestOs: 'linux', symptom: 'no-acceleration' } }, ['guest.driver-missing cause likely']],
    [
      { facts: { guestOs: 'linux', symptom: 'driver-not-installing' } },
      ['guest.driver-missing cause likely'],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(guestDriver, sketch)).toEqual(expected);
  });
});
