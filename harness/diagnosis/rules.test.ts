import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COMPARED,
  GUEST_SIGHTS,
  ROM_STATES,
  SIGNS,
  SYMPTOMS,
  type FactKey,
  type FactValues,
} from './fact.ts';
import { caseOf } from './fixtures/case.ts';
import { everyRule, rulesFor } from './rules.ts';
import { EXAMPLES } from './signatures/examples.ts';

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>) => Object.keys(words) as Key[];
const SUM = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Values of every kind of fact that some rule looks for. */
const VALUES: { readonly [Key in FactKey]: readonly FactValues[Key][] } = {
  cpu: ['N100', 'i5-8500T', 'i7-3770', 'Core Ultra 7 155H'],
  device: ['8086:46d1', '8086:3e92', '8086:7d55'],
  graphics: ['igpu', 'intel', 'intel-card', 'amd', 'nvidia'],
  address: ['0000:00:02.0', '0000:00:02.1', '0000:01:00.0'],
  deviceClass: ['0300', '0380', '0x038000'],
  hostDriver: ['vfio-pci', 'i915', 'xe', 'none'],
  hypervisor: ['proxmox', 'libvirt', 'unraid', 'qemu', 'other'],
  pveVersion: ['8.4', '9.0.3'],
  qemuVersion: ['5.0', '8.1', '9.2', '10.1'],
  kernel: ['6.8.12-12-pve', '6.14.8', '6.1.0-18-cloud-amd64'],
  kernelCommandLine: ['intel_iommu=on nomodeset', 'i915.max_vfs=7', 'modprobe.blacklist=i915'],
  moduleOptions: ['blacklist i915', 'options vfio-pci ids=8086:46d1'],
  mode: ['whole', 'vf', 'mdev'],
  machine: ['i440fx', 'q35'],
  firmware: ['seabios', 'ovmf'],
  romGiven: [true, false],
  romName: ['igd.rom', 'adl-n-nogop.rom'],
  gms: ['0x2', '0xf0', '0x99'],
  romState: keysOf(ROM_STATES),
  romFor: ['N100', 'Coffee Lake'],
  romDigest: [`${SUM} igd.rom`, `${'1'.repeat(64)} igd.rom`],
  guestOs: ['windows', 'linux', 'macos', 'bsd', 'other'],
  guestOsText: ['Windows 11', 'Debian 11'],
  moduleKernel: ['6.8.12-4-pve'],
  guestKernel: ['5.10.0-8-amd64', '6.1.0-18-cloud-amd64'],
  guestDriver: ['32.0.101.6078', '31.0.101.2125', 'i915'],
  guestSight: keysOf(GUEST_SIGHTS),
  driverReplaced: [true, false],
  guestUptime: [20, 900],
  guestBusy: ['an installer is running'],
  problemCode: [0, 10, 12, 28, 31, 43, 45],
  symptom: keysOf(SYMPTOMS),
  outcome: ['works', 'fails'],
  otherGpu: ['GTX 1060'],
  hostPrimary: ['igpu', 'other'],
  vbs: [true, false],
  monitor: [true, false],
  compared: keysOf(COMPARED),
  sign: keysOf(SIGNS),
  codename: ['Alder Lake-N', 'Coffee Lake', 'UHD 630'],
  iommuWidth: [39, 46],
  vfs: [0, 7],
  biosSetting: ['vt-d=off', 'vt-d=on', 'above-4g=off'],
};

const fact = fc
  .constantFrom(...(Object.keys(VALUES) as FactKey[]))
  .chain((key) => fc.tuple(fc.constant(key), fc.constantFrom<unknown>(...VALUES[key])));
const lines = fc.constantFrom(...Object.values(EXAMPLES).flatMap(({ matches }) => matches));

test('a rule that is not loaded would have said nothing', async () => {
  const all = await everyRule();
  await fc.assert(
    fc.asyncProperty(
      // Few of them: what is loaded at all is loaded for one of its reasons.
      fc.array(fact, { maxLength: 6 }),
      fc.array(lines, { maxLength: 6 }),
      fc.array(lines, { maxLength: 3 }),
      fc.constantFrom('machine' as const, 'person' as const),
      async (facts, host, guest, by) => {
        const of = caseOf({ facts: Object.fromEntries(facts), lines: host, guestLines: guest, by });
        const loaded = await rulesFor(of);
        const others = all.filter((rule) => !loaded.includes(rule));
        expect(others.flatMap((rule) => rule.conclude(of))).toEqual([]);
        expect(all.filter((rule) => loaded.includes(rule))).toEqual(loaded);
      },
    ),
    { numRuns: 1_500 },
  );
});

test('what a kernel log says alone loads no rule of configs, ROMs or stories', async () => {
  const loaded = await rulesFor(
    caseOf({ facts: { kernel: '6.8.12-4-pve', hypervisor: 'proxmox' }, lines: [] }),
  );
  const ids = loaded.map(({ id }) => id);
  expect(ids).toContain('signature-findings');
  expect(ids).not.toContain('config-legacy');
  expect(ids).not.toContain('rom-file');
  expect(ids).not.toContain('symptoms');
  expect(ids).not.toContain('comparison');
});
