import type { Case } from '../case.ts';
import type { Signature } from '../signature.ts';
import { fails, hasSymptom, works } from '../subject/trouble.ts';
import { fix, inVm } from './fix.ts';
import { GUEST_DRIVER_LINE, guestBreakage } from './guest-breakage.ts';

/** The device reads where it has nothing to read: the IOMMU stops it, or the picture breaks, and nothing else is told. */
function missesMemory(of: Case): boolean {
  if (of.signals.has('dmar-fault')) return true;
  const others = hasSymptom(of, 'no-render-node', 'no-acceleration', 'no-device', 'driver-not-installing');
  return fails(of) && !others;
}

/** Linux in the guest: a device that does not do what its driver says. */
export const GUEST_GPU_FAULTS: readonly Signature[] = [
  {
    id: 'guest-stolen-short',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['not enough stolen space'],
    pattern: /not enough stolen space for compressed buffer \(need (?<bytes>\d{1,12}) more bytes\)/,
    means:
      'The driver leaves frame buffer compression off, since the stolen memory is too small for it. That alone is harmless.',
    source: 'Linux drivers/gpu/drm/i915/display/intel_fbc.c',
    finding: null,
  },
  {
    id: 'guest-probe-failed',
    emitters: ['guest-kernel'],
    literals: ['Device initialization failed', 'failed with error -'],
    pattern:
      /\b(?:i915|xe): probe of (?<device>[0-9a-f:]{7,12}\.[0-7]) failed with error (?<error>-\d{1,3})|\b(?:i915|xe) (?<device2>[0-9a-f:]{7,12}\.[0-7]): (?:\[drm\] )?(?:.{0,20}Device initialization failed \((?<error2>-\d{1,3})\)|probe with driver (?:i915|xe) failed with error (?<error3>-\d{1,3}))/,
    means: 'The guest’s driver gave the device up. The reason stands in its lines before.',
    source: 'drivers/gpu/drm/i915/i915_driver.c, i915_driver_probe(); drivers/base/dd.c',
    finding: null,
  },
  {
    id: 'guest-dead',
    emitters: ['guest-kernel'],
    literals: ['MMIO access returns 0xFFFFFFFF'],
    pattern: /Device is non-operational; MMIO access returns 0xFFFFFFFF/,
    means:
      'The guest’s driver reads all ones from the GPU: it sleeps, is off, or is a VF that its host’s driver does not serve.',
    source: 'drivers/gpu/drm/i915/intel_uncore.c; xe_mmio.c',
    finding: {
      id: 'host.power-state',
      title: 'The GPU does not answer in the guest',
      severity: (_, of) => (works(of) ? 'info' : 'contributing'),
      confidence: () => 'possible',
      collect: ['The kernel log of the host at the same time', 'Whether the device is a VF'],
    },
  },
  {
    id: 'guest-wedged',
    emitters: ['guest-kernel'],
    literals: ['declaring it wedged', 'has declared device'],
    pattern: new RegExp(
      `${GUEST_DRIVER_LINE}.{0,80}(?:declaring it wedged|has declared device .{1,20} as wedged)`,
    ),
    means: 'The guest’s driver gave rendering up; a picture may still come.',
    source: 'drivers/gpu/drm/i915/i915_gem.c; drivers/gpu/drm/xe/xe_device.c',
    finding: null,
  },
  {
    id: 'guest-hang',
    emitters: ['guest-kernel'],
    literals: ['GPU HANG'],
    pattern: new RegExp(`${GUEST_DRIVER_LINE}\\[drm\\] GPU HANG: ecode (?<ecode>[\\w:]{1,40})`),
    means: 'A program in the guest hung the GPU, and the driver reset it. Passthrough itself works.',
    source: 'drivers/gpu/drm/i915/i915_gpu_error.c',
    finding: null,
  },
  {
    id: 'guest-stolen-outside',
    emitters: ['guest-kernel'],
    literals: ['outside stolen memory'],
    pattern: new RegExp(
      `${GUEST_DRIVER_LINE}.{0,24}Stolen reserved area \\[mem (?<area>0x[0-9a-f]{1,16}-0x[0-9a-f]{1,16})\\] outside stolen memory`,
    ),
    means:
      'The device keeps the host’s address of its reserved memory, and the guest’s firmware put the stolen memory elsewhere. What the device reads there is not the guest’s. It matters where the picture or the IOMMU complains; a driver that renders only may do without.',
    source: 'drivers/gpu/drm/i915/gem/i915_gem_stolen.c, i915_gem_init_stolen()',
    finding: {
      id: 'host.stolen-memory',
      title: 'The guest’s stolen memory is not where the device expects it',
      severity: (_, of) => (works(of) ? 'info' : missesMemory(of) ? 'cause' : 'contributing'),
      fix: fix(
        'The ROM’s part that reserves the memory must place it at the host’s address.',
        'docs of pve-igd-passthrough; drivers/gpu/drm/i915/gem/i915_gem_stolen.c',
        inVm('give a ROM with an IgdAssignmentDxe that keeps the host’s base of stolen memory, by romfile='),
      ),
    },
  },
  {
    id: 'guest-stolen',
    emitters: ['guest-kernel'],
    literals: ['stolen memory', 'stolen region'],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,40}(?:conflict detected with stolen region|[Ff]ailed to (?:init|initialize|allocate) stolen memory|no stolen memory)/i,
    means:
      'The driver could not use memory that firmware sets aside for the GPU. Rendering works without it.',
    source: 'drivers/gpu/drm/i915/gem/i915_gem_stolen.c',
    finding: null,
  },
  {
    id: 'guest-error',
    emitters: ['guest-kernel'],
    literals: ['[drm] *ERROR*'],
    pattern: new RegExp(`${GUEST_DRIVER_LINE}\\[drm\\] \\*ERROR\\* (?<what>.{1,160})`),
    means: 'The guest’s driver complains. Working systems have such lines, too.',
    source: 'drivers/gpu/drm',
    finding: null,
  },
  {
    id: 'guest-forcewake',
    emitters: ['guest-kernel'],
    literals: ['forcewake ack request'],
    pattern: /timed out waiting for forcewake ack request/,
    means:
      'The driver talks to registers that a virtual function does not have: it does not know that it drives one. On a whole device it is a GPU that does not answer.',
    source: 'drivers/gpu/drm/i915/intel_uncore.c, fw_domain_wait_ack_set()',
    finding: null,
  },
  {
    id: 'guest-tlb-timeout',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['TLB invalidation response timed out'],
    pattern: /TLB invalidation response timed out for seqno/,
    means:
      'A virtual function’s driver waits for an answer of the GPU’s firmware that never comes: drivers of guest and host that do not fit.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_guc_submission.c, guc_send_invalidate_tlb()',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The driver of the virtual function and the host’s do not understand each other',
      severity: guestBreakage,
    },
  },
];
