import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { setupCase } from '../fixtures/setup-case.ts';
import { whole } from '../fixtures/whole.ts';
import { guestDriver } from './guest-driver.ts';

const ID = 'guest.driver-missing';
const LIKELY = [`${ID} cause likely`];
const CERTAIN = [`${ID} cause certain`];
const LACKS_NODE = { guestOs: 'linux', symptom: 'no-render-node' } as const;
const FAILS = { guestOs: 'linux', outcome: 'fails' } as const;
type Told = NonNullable<CaseSketch['facts']>;

/** What is found where lines of these signatures are there. */
function withSignals(facts: Told, ...signals: readonly string[]): readonly string[] {
  return guestDriver
    .conclude(setupCase({ facts, signals }))
    .map(({ id, severity, confidence }) => `${id} ${severity} ${confidence}`);
}

describe('whose driver is meant', () => {
  it.each<Told>([
    { guestSight: 'unbound' },
    { guestSight: 'unbound', mode: 'whole' },
    { guestSight: 'unbound', guestOs: 'linux', mode: 'vf', symptom: 'vfs-missing' },
  ])('the guest’s: %j', (facts) => {
    expect(found(guestDriver, { facts })).toEqual(CERTAIN);
  });

  it.each<Told>([
    { guestSight: 'unbound', mode: 'vf' },
    { guestSight: 'unbound', mode: 'mdev' },
    { guestSight: 'unbound', symptom: 'vfs-missing' },
    { guestSight: 'unbound', guestOs: 'windows' },
    { symptom: 'no-render-node', mode: 'whole' },
  ])('perhaps the host’s, or nobody’s: %j', (facts) => {
    expect(found(guestDriver, { facts })).toEqual([]);
  });
});

describe('a kernel', () => {
  it.each([
    '6.1.0-18-cloud-amd64',
    '6.8.0-1009-kvm',
    '6.8.0-1009-aws',
    '6.8.0-1007-azure',
    '6.12.1-gcp',
    '6.8.0-1005-gke',
    '5.15.0-1032-oracle',
    '6.6.49-0-virt',
    '6.8.0-45-virtual',
    '6.10.14-linuxkit',
    '6.1.58-microvm',
    '6.1.109-118.189.amzn2023.x86_64',
  ])('for clouds has no driver, whatever is complained of: %s', (guestKernel) => {
    expect(found(guestDriver, { facts: { ...FAILS, guestKernel } })).toEqual(CERTAIN);
  });

  it('whose name only begins like one for clouds is another one', () => {
    expect(found(guestDriver, { facts: { ...FAILS, guestKernel: '6.12.8-virtio-lab' } })).toEqual([]);
  });

  it('for clouds is told of where only the device is', () => {
    const facts = { guestOs: 'linux', guestKernel: '6.8.0-1009-kvm' } as const;
    expect(found(guestDriver, { facts: { ...facts, graphics: 'intel' } })).toEqual(CERTAIN);
    expect(found(guestDriver, { facts: { ...facts, graphics: 'igpu' } })).toEqual([]);
    expect(found(guestDriver, { facts: { ...facts, graphics: 'intel', outcome: 'works' } })).toEqual([]);
    const plain = {
      guestOs: 'linux',
      mode: 'vf',
      graphics: 'intel',
      guestKernel: '6.8.0-45-generic',
    } as const;
    expect(found(guestDriver, { facts: plain })).toEqual([]);
  });

  it.each<readonly [Told, readonly string[]]>([
    [{ ...FAILS, guestSight: 'bare-kernel' }, []],
    [{ ...LACKS_NODE, guestSight: 'bare-kernel' }, CERTAIN],
    [{ ...FAILS, guestSight: ['bare-kernel', 'unbound'] }, CERTAIN],
    [{ ...FAILS, guestSight: ['bare-kernel', 'no-module'] }, CERTAIN],
  ])('that is said to be one for clouds counts where a driver is missed: %j', (facts, expected) => {
    expect(found(guestDriver, { facts })).toEqual(expected);
    if (expected.length > 0) expect(claimOf(guestDriver, ID, { facts }).title).toContain('cloud kernel');
  });
});

describe('a kernel that is older than the device', () => {
  const OLD = { guestOs: 'linux', device: '8086:46d4', guestKernel: '6.8.0-71-generic' } as const;

  it.each<Told>([
    { symptom: 'no-render-node' },
    { symptom: 'no-acceleration' },
    { symptom: 'driver-not-installing' },
    { guestSight: 'unbound' },
    { guestSight: 'id-unknown' },
  ])('is to blame for %j', (seen) => {
    const facts = { ...OLD, ...seen };
    expect(found(guestDriver, { facts })).toEqual(CERTAIN);
    const claim = claimOf(guestDriver, ID, { facts });
    expect(claim.detail).toContain('6.8.0-71-generic');
    expect(claim.detail).not.toContain('unverified');
    expect(advice(claim)).toContain('a kernel from 6.9 on');
  });

  it('is to blame for a driver that ends with an error', () => {
    const guestLines = ['i915 0000:06:10.0: Device initialization failed (-19)'];
    const facts = { ...OLD, outcome: 'fails' } as const;
    expect(found(guestDriver, { facts, guestLines })).toEqual(CERTAIN);
  });

  it('is not to blame for what has nothing to do with a driver', () => {
    expect(found(guestDriver, { facts: { ...OLD, outcome: 'fails' } })).toEqual([]);
  });

  it('is only likely to blame where its age is known from memory', () => {
    const facts = { ...LACKS_NODE, device: '8086:64a0', guestKernel: '6.8.0-71-generic' } as const;
    expect(found(guestDriver, { facts })).toEqual(LIKELY);
    expect(claimOf(guestDriver, ID, { facts }).detail).toContain('6.12 on (unverified)');
  });

  it('needs no number where its driver does not know the id', () => {
    const facts = { ...FAILS, guestSight: 'id-unknown' } as const;
    expect(found(guestDriver, { facts })).toEqual(CERTAIN);
    const claim = claimOf(guestDriver, ID, { facts });
    expect(claim.title).toContain('older than the device');
    expect(advice(claim)).toContain('a newer release');
    expect(claim.detail).toContain('what is missing is in the guest');
  });

  it('is not spoken of where the driver is not there at all', () => {
    const claim = claimOf(guestDriver, ID, { facts: { ...OLD, guestSight: 'no-module' } });
    expect(claim.title).not.toContain('older');
    expect(claim.detail).not.toContain('6.9');
  });
});

describe('what a driver says that does not know how to drive the device', () => {
  it.each(['guest-dead', 'guest-probe-failed', 'guest-forcewake', 'guest-no-module'])(
    'is enough, also beside a success that is stated, and a node is none: %s',
    (id) => {
      expect(withSignals(FAILS, id)).toEqual(LIKELY);
      expect(withSignals({ ...LACKS_NODE, mode: 'vf', outcome: 'works' }, id)).toEqual(LIKELY);
      expect(withSignals({ ...FAILS, guestSight: 'driver-installed' }, id)).toEqual(LIKELY);
    },
  );

  it('is certain where modules are missing', () => {
    expect(withSignals({ ...FAILS, guestSight: 'driver-installed' }, 'guest-unknown-symbol')).toEqual(
      CERTAIN,
    );
  });

  it.each([
    'guest-force-probe',
    'guest-nomodeset',
    'guest-key-rejected',
    'hung-task',
    'guest-old-host',
    'guest-tlb-timeout',
    'guest-hang',
    'guest-wedged',
    'guest-dmc-missing',
    'guest-guc-missing',
  ])('is not that it is missing, by %s', (id) => {
    expect(withSignals(LACKS_NODE, id)).toEqual([]);
  });

  it.each(['guest-dmc-missing', 'guest-guc-missing'])('is nothing of %s where the firmware runs', (id) => {
    expect(withSignals(LACKS_NODE, id, 'guest-guc-ok')).toEqual(LIKELY);
  });
});

describe('a driver that is there', () => {
  it.each<Told>([
    { guestSight: 'gave-up' },
    { guestSight: 'bound' },
    { guestSight: 'other-node' },
    { guestSight: 'no-right' },
    { guestSight: 'driver-installed' },
  ])('is not missing: %j', (seen) => {
    const facts = { guestOs: 'linux', symptom: 'no-acceleration', ...seen } as const;
    expect(found(guestDriver, { facts })).toEqual([]);
  });

  it('and was only installed is missing where there is no node', () => {
    expect(found(guestDriver, { facts: { ...LACKS_NODE, guestSight: 'driver-installed' } })).toEqual(LIKELY);
  });

  it.each(['unbound', 'no-module', 'id-unknown', 'build-failed', 'bare-kernel'] as const)(
    'does not drive the device where it is %s, though a program opened another node',
    (sight) => {
      const facts = {
        guestOs: 'linux',
        symptom: 'no-acceleration',
        guestSight: [sight, 'other-node'],
      } as const;
      expect(found(guestDriver, { facts })).toEqual(CERTAIN);
    },
  );
});

describe('a driver that was not built', () => {
  const facts = { ...FAILS, guestSight: 'build-failed' } as const;

  it('is the guest’s where the host does well', () => {
    expect(found(guestDriver, { facts })).toEqual(CERTAIN);
    expect(advice(claimOf(guestDriver, ID, { facts }))).toContain('linux-headers');
  });

  it.each<Told>([
    { ...facts, symptom: 'vfs-missing' },
    { ...facts, symptom: 'host-freezes' },
  ])('may be the host’s: %j', (told) => {
    expect(found(guestDriver, { facts: told })).toEqual([]);
  });

  it('may be the host’s where its shell could not make virtual functions', () => {
    expect(withSignals(facts, 'sriov-enoent')).toEqual([]);
  });

  it('is likely missed by a virtual function, unless another one was installed', () => {
    const vf = { ...facts, mode: 'vf', symptom: 'vfs-missing' } as const;
    expect(found(guestDriver, { facts: vf })).toEqual(LIKELY);
    const both = { ...vf, guestSight: ['build-failed', 'driver-installed'] } as const;
    expect(found(guestDriver, { facts: both })).toEqual([]);
  });
});

describe('beside a success that is stated', () => {
  const works = { guestOs: 'linux', outcome: 'works' } as const;

  it.each<Told>([
    { ...works, symptom: 'no-acceleration' },
    { ...works, symptom: 'no-render-node', mode: 'vf' },
  ])('a complaint alone says nothing of the driver: %j', (facts) => {
    expect(found(guestDriver, { facts })).toEqual([]);
  });

  it('a kernel for clouds does', () => {
    const facts = { ...works, symptom: 'no-render-node', guestKernel: '6.8.0-1009-kvm' } as const;
    expect(found(guestDriver, { facts })).toEqual(CERTAIN);
  });
});

describe('what is advised', () => {
  it.each<readonly [Told, string, string]>([
    [{ guestKernel: '6.8.0-1009-kvm' }, 'linux-image-amd64', 'intel-media-va-driver'],
    [{ guestSight: 'no-module' }, 'linux-image-amd64', 'intel-media-va-driver'],
    [{ guestSight: 'build-failed' }, 'linux-headers', 'intel-media-va-driver'],
    [{ guestSight: 'unbound' }, 'Kernel driver in use', 'intel-media-va-driver'],
    [{ symptom: 'no-acceleration' }, 'Kernel driver in use', 'intel-media-va-driver'],
    [{ mode: 'vf' }, 'Kernel driver in use', 'i915-sriov-dkms'],
  ])('for %j', (seen, first, second) => {
    const claim = claimOf(guestDriver, ID, { facts: { ...FAILS, ...seen } });
    expect(claim.fix?.steps.map(({ text }) => text)).toEqual([
      expect.stringContaining(first),
      expect.stringContaining(second),
    ]);
    expect(claim.detail.includes('SR-IOV')).toBe(seen.mode === 'vf');
  });
});

describe('what is told of it in full', () => {
  it('quotes the driver’s lines, what was seen, the kernel and the complaint, and takes the blame from the host', () => {
    const of = caseOf({
      facts: {
        guestOs: 'linux',
        symptom: ['no-picture', 'no-render-node', 'no-acceleration', 'driver-not-installing'],
        guestKernel: '6.8.0-71-generic',
      },
      guestLines: [
        'i915 0000:06:10.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!',
        'i915 0000:06:10.0: Device initialization failed (-19)',
        '[drm:fw_domains_get_with_fallback [i915]] *ERROR* gt: timed out waiting for forcewake ack request.',
        'modprobe: FATAL: Module i915 not found in directory /lib/modules/6.1.0-18-amd64',
      ],
    });
    expect(whole(guestDriver, of)).toEqual([
      `${ID} cause likely: The guest lacks a driver for the device, or the media driver on top of it`,
      '< i915 0000:06:10.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!',
      '< i915 0000:06:10.0: Device initialization failed (-19)',
      '< [drm:fw_domains_get_with_fallback [i915]] *ERROR* gt: timed out waiting for forcewake ack request.',
      '< modprobe: FATAL: Module i915 not found in directory /lib/modules/6.1.0-18-amd64',
      '< symptom: no-render-node',
      '< symptom: no-acceleration',
      '< symptom: driver-not-installing',
      '< guestKernel: 6.8.0-71-generic',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
      'asks for 1',
    ]);
  });

  it('asks for nothing where it is sure, and quotes all that shows the lack', () => {
    const guestSight = ['unbound', 'no-module', 'id-unknown', 'build-failed', 'bare-kernel'] as const;
    const of = caseOf({
      facts: { ...FAILS, device: '8086:46d4', guestKernel: '6.8.0-71-generic', guestSight },
      guestLines: ['i915: Unknown symbol drm_buddy_block_print (err -2)'],
    });
    expect(whole(guestDriver, of)).toEqual([
      `${ID} cause certain: The guest’s kernel is a cloud kernel, which has no graphics drivers`,
      '< i915: Unknown symbol drm_buddy_block_print (err -2)',
      ...guestSight.map((sight) => `< guestSight: ${sight}`),
      '< guestKernel: 6.8.0-71-generic',
      '< device: 8086:46d4',
      '< guestKernel: 6.8.0-71-generic',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
    ]);
  });
});
