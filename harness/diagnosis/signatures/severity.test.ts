import { describe, expect, test } from 'vitest';
import { caseOf, deviceOf, vmOf, type CaseSketch } from '../fixtures/case.ts';
import type { FindingId } from '../finding-id.ts';
import type { Severity } from '../finding.ts';
import { SIGNATURES } from '../signatures.ts';
import { MATCHED_LINES } from './examples.ts';

/** Every finding that the signatures themselves lead to. */
function findings(sketch: CaseSketch): Readonly<Partial<Record<FindingId, Severity>>> {
  const of = caseOf(sketch);
  const found = SIGNATURES.flatMap(({ id, finding, also }) =>
    [finding, also].flatMap((one) => {
      const signals = of.signals.of(id);
      const severity = one && signals.length > 0 ? one.severity(signals, of) : null;
      return one && severity !== null ? [[one.id, severity] as const] : [];
    }),
  );
  return Object.fromEntries(found);
}

const ROM =
  '[ 120.000000] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xcffa';
const igpu = vmOf({ devices: [deviceOf()] });

/** Faults of one device, `gap` seconds apart. */
function faults(count: number, from: number, gap: number, device = '00:02.0'): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) =>
      `[ ${(from + index * gap).toFixed(6)}] DMAR: [DMA Read NO_PASID] Request device [${device}] fault addr 0x2c000000 [fault reason 0x06] PTE Read access is not set`,
  );
}

describe('the ROM line', () => {
  test('is harmless where a ROM is given, or the system works', () => {
    const given = vmOf({ devices: [deviceOf({ romfile: 'igd.rom' })] });
    expect(findings({ lines: [ROM], vms: [given] })).toEqual({ 'rom.signature-benign': 'harmless' });
    expect(findings({ lines: [ROM], facts: { outcome: 'works' } })).toEqual({
      'rom.signature-benign': 'harmless',
    });
    expect(findings({ lines: [ROM], facts: { romName: 'igd.rom' } })).toEqual({
      'rom.signature-benign': 'harmless',
    });
  });

  test('leads to nothing by itself where no ROM is given, or nobody knows', () => {
    expect(findings({ lines: [ROM], vms: [igpu], facts: { symptom: 'code-43' } })).toEqual({});
    expect(findings({ lines: [ROM] })).toEqual({});
  });
});

describe('DMA faults', () => {
  test('are a hand-over while few', () => {
    expect(findings({ lines: faults(3, 0.4, 0.001) })).toEqual({ 'host.dma-faults-handover': 'harmless' });
    expect(findings({ lines: faults(19, 300, 0.001), facts: { outcome: 'fails' } })).toEqual({
      'host.dma-faults-handover': 'harmless',
    });
  });

  test('count however many the firmware brought before the first two seconds', () => {
    expect(findings({ lines: faults(500, 0.4, 0.001) })).toEqual({ 'host.dma-faults-handover': 'harmless' });
  });

  test('at the pace of a display are a cause, and never where it works', () => {
    const stream = faults(40, 300, 0.0167);
    expect(findings({ lines: stream, facts: { outcome: 'fails' } })).toEqual({ 'host.dma-faults': 'cause' });
    expect(findings({ lines: stream })).toEqual({ 'host.dma-faults': 'cause' });
    expect(findings({ lines: stream, facts: { outcome: 'works' } })).toEqual({
      'host.dma-faults': 'warning',
    });
  });

  test('that the kernel did not print count, too', () => {
    const lines = [...faults(10, 300, 0.001), '[ 305.000000] dmar_fault: 893 callbacks suppressed'];
    expect(findings({ lines, facts: { symptom: 'no-picture' } })).toEqual({ 'host.dma-faults': 'cause' });
  });

  test('between few and a stream are a warning', () => {
    expect(findings({ lines: faults(30, 300, 0.001) })).toEqual({ 'host.dma-faults': 'warning' });
    expect(findings({ lines: faults(30, 300, 0.001), facts: { outcome: 'works' } })).toEqual({
      'host.dma-faults-handover': 'harmless',
    });
  });

  test('of another device mean nothing', () => {
    const lines = [
      ...faults(300, 300, 0.0167, '03:00.0'),
      '[ 305.000000] dmar_fault: 893 callbacks suppressed',
    ];
    expect(findings({ lines, facts: { outcome: 'fails' } })).toEqual({});
  });
});

describe('a mapping that failed', () => {
  const beyond =
    'kvm: vfio_container_dma_map(0x5566, 0x382000000000, 0x10000000, 0x7f00) = -22 (Invalid argument)';
  const within =
    'kvm: vfio_container_dma_map(0x5566, 0x2000000000, 0x10000000, 0x7f00) = -22 (Invalid argument)';

  test('beyond the width of the IOMMU is a cause where it fails', () => {
    expect(findings({ lines: [beyond], facts: { outcome: 'fails' } })).toEqual({
      'host.address-width': 'cause',
    });
    expect(findings({ lines: [beyond] })).toEqual({ 'host.address-width': 'warning' });
    expect(findings({ lines: [beyond], facts: { outcome: 'works' } })).toEqual({
      'host.address-width': 'info',
    });
  });

  test('inside it says nothing', () => {
    expect(findings({ lines: [within], facts: { outcome: 'fails' } })).toEqual({});
    expect(findings({ lines: [beyond], facts: { outcome: 'fails', iommuWidth: 46 } })).toEqual({});
  });

  test('takes the width from the log where it says one', () => {
    const lines = ['[ 0.010000] DMAR: Host address width 46', beyond];
    expect(findings({ lines, facts: { outcome: 'fails' } })).toEqual({});
  });

  test('ends at the last address that fits', () => {
    const edge = 'kvm: vfio_dma_map(0x5566, 0x7ff0000000, 0x10000000, 0x7f00) = -22 (Invalid argument)';
    const over = 'kvm: vfio_dma_map(0x5566, 0x7ff0000000, 0x10001000, 0x7f00) = -22 (Invalid argument)';
    expect(findings({ lines: [edge], facts: { outcome: 'fails' } })).toEqual({});
    expect(findings({ lines: [over], facts: { outcome: 'fails' } })).toEqual({
      'host.address-width': 'cause',
    });
  });
});

test('a reset that sound does not have is harmless', () => {
  const lines = ['kvm: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.'];
  expect(findings({ lines, facts: { outcome: 'fails' } })).toEqual({ 'host.no-reset-benign': 'harmless' });
});

test('vfio_pci: add leads to nothing', () => {
  expect(
    findings({ lines: ['vfio_pci: add [8086:46d1[ffffffff:ffffffff]] class 0x000000/00000000'] }),
  ).toEqual({});
});

test('a probe that failed says that the IOMMU is off, unless the device has a group', () => {
  const probe = 'vfio-pci: probe of 0000:00:02.0 failed with error -22';
  expect(findings({ lines: [probe] })).toEqual({ 'host.iommu-off': 'cause' });
  expect(findings({ lines: ['pci 0000:00:02.0: Adding to iommu group 0', probe] })).toEqual({});
});

test('no line that a VM ends with is a cause on a system that works', () => {
  const lines = MATCHED_LINES;
  const severities = findings({ lines, guestLines: lines, facts: { outcome: 'works' } });
  expect(
    Object.entries(severities).filter(([, severity]) => severity === 'cause' || severity === 'contributing'),
  ).toEqual([]);
});

test('a kernel line about a device that is not passed is no cause', () => {
  const line = 'vfio-pci 0000:03:00.0: Unable to change power state from D3cold to D0, device inaccessible';
  expect(findings({ lines: [line], vms: [igpu], facts: { outcome: 'fails' } })).toEqual({});
  expect(findings({ lines: [line], facts: { outcome: 'fails' } })).toEqual({});
  expect(findings({ lines: [line], facts: { outcome: 'fails', address: '03:00.0' } })).toEqual({
    'host.power-state': 'cause',
  });
});

test('a start that another VM’s device stops does not concern this one', () => {
  const line = "PCI device '0000:03:00.0' already in use by VMID '112'";
  expect(findings({ lines: [line], vms: [igpu] })).toEqual({});
  expect(findings({ lines: [line] })).toEqual({ 'host.device-busy': 'cause' });
});

describe('memory that the host keeps', () => {
  const kernel = "vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]";
  const qemu = 'kvm: Failed to mmap 0000:00:02.0 BAR 2. Performance may be slow';

  test('is a cause where both the kernel and QEMU say so', () => {
    expect(findings({ lines: [kernel, qemu], facts: { outcome: 'fails' } })).toEqual({
      'host.framebuffer-holds-bar': 'cause',
    });
  });

  test('only contributes where QEMU alone complains', () => {
    expect(findings({ lines: [qemu], facts: { outcome: 'fails' } })).toEqual({
      'host.framebuffer-holds-bar': 'contributing',
    });
  });
});

describe('a Linux guest', () => {
  test('without a video driver lacks just that, unless its kernel driver fails', () => {
    const va = 'vaInitialize failed with error code -1 (unknown libva error),exit';
    const probe = 'i915 0000:00:10.0: Device initialization failed (-19)';
    expect(findings({ guestLines: [va], facts: { outcome: 'fails' } })).toEqual({
      'guest.driver-missing': 'cause',
    });
    expect(findings({ guestLines: [va, probe], facts: { outcome: 'fails' } })).toEqual({});
    expect(findings({ guestLines: [va, 'libva info: va_openDriver() returns 0'] })).toEqual({});
  });

  test('that finds another firmware file does not lack the first', () => {
    const lost = 'i915 0000:00:10.0: Direct firmware load for i915/adlp_guc_70.bin failed with error -2';
    const got = 'i915 0000:00:10.0: [drm] GT0: GuC firmware i915/adlp_guc_69.0.3.bin version 69.0.3';
    expect(findings({ guestLines: [lost], facts: { outcome: 'fails' } })).toEqual({
      'guest.firmware-missing': 'cause',
    });
    expect(findings({ guestLines: [lost, got], facts: { outcome: 'fails' } })).toEqual({
      'guest.firmware-missing': 'info',
    });
  });

  test('whose kernel is too old is told the device id to force', () => {
    const of = caseOf({
      guestLines: [
        'i915 0000:00:10.0: Your graphics device 46d1 is not properly supported by i915 in this kernel version.',
      ],
    });
    const fix = SIGNATURES.find(({ id }) => id === 'guest-force-probe')?.finding?.fix?.(
      of.signals.of('guest-force-probe'),
      of,
    );
    expect(fix?.steps.map(({ text }) => text).join()).toContain('i915.force_probe=46d1');
  });
});
