import type { Case } from '../case.ts';
import type { Claim, FixStep } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { outcome } from '../outcome.ts';
import { claim } from '../rule.ts';
import { fails } from '../subject/trouble.ts';
import { wantsVfs } from './sriov-wanted.ts';
import { modeOf } from '../subject/passed.ts';
import {
  driven,
  guestKernels,
  isLinux,
  sees,
  sightQuotes,
  tooOld,
  type TooOld,
} from '../subject/inside-guest.ts';

/** Kernels built for clouds have no graphics drivers (Debian’s and Ubuntu’s cloud flavours: CONFIG_DRM_I915 is off). */
const CLOUD_KERNEL = /-(?:cloud|kvm|aws|azure|gcp|gke|oracle|virt|virtual|linuxkit|microvm)\b|\.amzn\d/;
const LACKS = ['no-render-node', 'no-acceleration', 'driver-not-installing'] as const;
/** Lines of a guest whose driver does not know how to drive what it was given. */
const LINES = [
  'guest-unknown-symbol',
  'guest-dead',
  'guest-probe-failed',
  'guest-forcewake',
  'guest-no-module',
];
const ABSENT = ['unbound', 'no-module', 'id-unknown', 'build-failed', 'bare-kernel'] as const;

/** What the guest lacks, the surest first; null: nothing shows that it lacks a driver. */
type Lack = 'cloud' | 'symbols' | 'no-module' | 'too-old' | 'unbuilt' | 'unbound' | 'vf' | 'open';

/** Passthrough is healthy, and a Linux guest has no driver for the device. */
export function linuxWithoutDriver(of: Case): readonly Claim[] {
  // In a host that makes virtual functions the same tools show the host's own driver.
  const meant =
    of.facts.has('guestOs', 'linux') || (isLinux(of) && (modeOf(of) ?? 'whole') === 'whole' && !wantsVfs(of));
  const untold = outcome(of) === 'unknown' && of.facts.has('graphics', 'intel') && hasCloudKernel(of);
  if (!meant || !(fails(of) || untold)) return [];
  // What the firmware’s absence explains is said where it is found.
  if (of.signals.has('guest-dmc-missing', 'guest-guc-missing') && !of.signals.has('guest-guc-ok')) return [];
  // It came up as far as to hang: then it is there.
  if (
    of.signals.has(
      'guest-force-probe',
      'guest-nomodeset',
      'guest-key-rejected',
      'hung-task',
      'guest-old-host',
      'guest-tlb-timeout',
      'guest-hang',
      'guest-wedged',
    )
  )
    return [];
  if (sees(of, 'gave-up') || driven(of) || isThere(of)) return [];
  const old = tooOld(of);
  const lack = lackOf(of, old);
  // Beside a stated success a complaint alone says nothing of the driver.
  const vague = lack === 'open' || (lack === 'vf' && !of.signals.has(...LINES));
  if (vague && of.facts.has('outcome', 'works')) return [];
  return lack === null ? [] : [missing(of, lack, old)];
}

/** A driver was installed, or a program opened another node: the lack is another one. */
function isThere(of: Case): boolean {
  if (sees(of, ...ABSENT) || of.signals.has(...LINES)) return false;
  return (
    sees(of, 'other-node') || (sees(of, 'driver-installed') && !of.facts.has('symptom', 'no-render-node'))
  );
}

/** Such a kernel drives no GPU, whatever is complained of. */
function hasCloudKernel(of: Case): boolean {
  return guestKernels(of).some(({ value }) => CLOUD_KERNEL.test(value));
}

function lackOf(of: Case, old: TooOld | null): Lack | null {
  const lacks = LACKS.some((symptom) => of.facts.has('symptom', symptom));
  const lines = of.signals.has(...LINES);
  if (hasCloudKernel(of) || (sees(of, 'bare-kernel') && (lacks || sees(of, 'unbound', 'no-module'))))
    return 'cloud';
  if (of.signals.has('guest-unknown-symbol')) return 'symbols';
  if (sees(of, 'no-module')) return 'no-module';
  if (sees(of, 'id-unknown') || (old !== null && (lacks || lines || sees(of, 'unbound')))) return 'too-old';
  if (sees(of, 'build-failed') && !hostFails(of)) return 'unbuilt';
  if (sees(of, 'unbound')) return 'unbound';
  const vf = modeOf(of) === 'vf';
  if (lines || lacks) return vf ? 'vf' : 'open';
  // A host that hangs, or another guest that fails as well, is no fault of this guest.
  const elsewhere = of.facts.has('symptom', 'host-freezes') || of.facts.has('guestOs', 'windows');
  const trial = of.facts.of('compared').length > 0;
  return vf && !elsewhere && !trial && !sees(of, 'driver-installed') ? 'vf' : null;
}

/** The host itself has no virtual functions: what is not built may be its module. */
function hostFails({ facts, signals }: Case): boolean {
  return (
    facts.has('symptom', 'vfs-missing') || facts.has('symptom', 'host-freezes') || signals.has('sriov-enoent')
  );
}

const TITLES: Readonly<Record<Lack, string>> = {
  cloud: 'The guest’s kernel is a cloud kernel, which has no graphics drivers',
  symbols: 'The guest’s i915 does not load: modules that it needs are not installed',
  'no-module': 'The guest’s kernel has no graphics driver loaded for Intel',
  'too-old': 'The guest’s kernel does not know this iGPU: it is older than the device',
  unbuilt: 'The driver for virtual functions was not built in the guest',
  unbound: 'No driver holds the device in the guest',
  vf: 'The guest has no driver that can drive a virtual function',
  open: 'The guest lacks a driver for the device, or the media driver on top of it',
};
const SURE: ReadonlySet<Lack> = new Set<Lack>(['cloud', 'symbols', 'no-module', 'unbound', 'unbuilt']);

function missing(of: Case, lack: Lack, old: TooOld | null): Claim {
  const vf = modeOf(of) === 'vf';
  const sure = SURE.has(lack) || (lack === 'too-old' && (old?.sure ?? true));
  return claim({
    id: 'guest.driver-missing',
    severity: 'cause',
    confidence: sure ? 'certain' : 'likely',
    title: TITLES[lack],
    detail: detail(lack, vf, old),
    evidence: evidence(of, old),
    fix: {
      why: 'Give the guest a kernel and a driver for this device.',
      vm: [],
      steps: steps(lack, vf, old),
      source:
        'kernel configurations of Debian and Ubuntu; Linux’ i915_pciids.h; reports of media server owners',
    },
    collect: sure
      ? []
      : ['in the guest: uname -r, lspci -nnk, dmesg | grep -iE "i915|xe|drm", ls -l /dev/dri'],
    explains: ['host.power-state', 'host.reset-failed', 'sriov.driver-broken', 'guest.os-config'],
  });
}

function detail(lack: Lack, vf: boolean, old: TooOld | null): string {
  if (lack === 'too-old' && old !== null)
    return `The device reaches the guest. ${old.what} is driven by ${old.needs.driver} from Linux ${old.needs.from ?? '?'} on${old.needs.verified ? '' : ' (unverified)'}; the guest has ${old.kernel}.`;
  return vf
    ? 'The device reaches the guest. A virtual function needs a driver that knows SR-IOV in the guest, too: the same out-of-tree i915 as on the host, or xe of a kernel that has it.'
    : 'The device reaches the guest; what is missing is in the guest: a kernel with i915 or xe that knows this device, its firmware, and the media driver that programs use.';
}

function evidence(of: Case, old: TooOld | null): readonly Quote[] {
  return [
    ...LINES.flatMap((id) => of.signals.of(id)).map(({ quote }) => quote),
    ...sightQuotes(of, ...ABSENT),
    ...(old?.evidence ?? []),
    ...of.facts.saying('symptom', ...LACKS),
    ...guestKernels(of).map(({ quote }) => quote),
    ...of.facts.quotes('guestOs'),
  ];
}

function steps(lack: Lack, vf: boolean, old: TooOld | null): readonly FixStep[] {
  const kernel =
    lack === 'cloud' || lack === 'no-module'
      ? 'apt install linux-image-amd64   # Ubuntu: linux-generic linux-modules-extra-$(uname -r); then start that kernel'
      : lack === 'too-old'
        ? `install a kernel from ${old?.needs.from ?? 'a newer release'} on (Debian: backports; Ubuntu: linux-generic-hwe), with linux-firmware`
        : lack === 'unbuilt'
          ? 'apt install linux-headers-$(uname -r)   # then a release of the module that names this kernel; dkms status must say installed'
          : 'lspci -nnk -d 8086:   # “Kernel driver in use” must say i915 or xe';
  return [
    { where: 'guest', text: kernel },
    {
      where: 'guest',
      text: vf
        ? 'install the same i915-sriov-dkms as on the host (Ubuntu: linux-modules-extra-$(uname -r) first), blacklist xe, restart'
        : 'apt install firmware-misc-nonfree intel-media-va-driver-non-free vainfo   # Ubuntu: linux-modules-extra-$(uname -r) intel-media-va-driver',
    },
  ];
}
