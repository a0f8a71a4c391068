import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';
import { fails } from '../subject/trouble.ts';

/** Passthrough is healthy and the guest has no driver for the device, or not the right one. */
export const guestDriver: Rule = {
  id: 'guest-driver',
  findings: ['guest.driver-missing', 'guest.basic-display-driver'],
  conclude: (of) => [...linux(of), ...windowsWithout(of), ...basicDisplay(of)],
};

/** Kernels built for clouds have no graphics drivers (Debian’s and Ubuntu’s cloud flavours: CONFIG_DRM_I915 is off). */
const CLOUD_KERNEL = /-(?:cloud|kvm|aws|azure|gcp|virt)\b|cloud-amd64/;
const LACKS = ['no-render-node', 'no-acceleration', 'driver-not-installing'] as const;
/** Lines of a guest whose driver does not know how to drive what it was given. */
const LINES = [
  'guest-unknown-symbol',
  'guest-dead',
  'guest-probe-failed',
  'guest-not-supported',
  'guest-forcewake',
  'guest-no-module',
];

function linux(of: Case): readonly Claim[] {
  if (!of.facts.has('guestOs', 'linux') || !fails(of)) return [];
  // What the firmware’s absence explains is said where it is found.
  if (of.signals.has('guest-dmc-missing', 'guest-guc-missing') && !of.signals.has('guest-guc-ok')) return [];
  const kernel = of.facts.get('guestKernel');
  const cloud = kernel !== null && CLOUD_KERNEL.test(kernel);
  const symbols = of.signals.has('guest-unknown-symbol');
  const lines = LINES.flatMap((id) => of.signals.of(id));
  const vf = modeOf(of) === 'vf';
  const lacks = LACKS.filter((symptom) => of.facts.has('symptom', symptom));
  // A host that hangs, or another guest that fails as well, is no fault of this guest.
  const elsewhere =
    of.facts.has('symptom', 'host-freezes') || (of.facts.has('guestOs', 'windows') && lacks.length === 0);
  const plainVf = vf && !elsewhere && of.facts.of('compared').length === 0;
  if (!cloud && lines.length === 0 && lacks.length === 0 && !plainVf) return [];
  // It came up as far as to hang: then it is there.
  if (of.signals.has('hung-task', 'guest-old-host', 'guest-tlb-timeout')) return [];
  const sure = cloud || symbols;
  return [
    claim({
      id: 'guest.driver-missing',
      severity: 'cause',
      confidence: sure ? 'certain' : 'likely',
      title: cloud
        ? 'The guest’s kernel is a cloud kernel, which has no graphics drivers'
        : symbols
          ? 'The guest’s i915 does not load: modules that it needs are not installed'
          : vf
            ? 'The guest has no driver that can drive a virtual function'
            : 'The guest lacks a driver for the device, or the media driver on top of it',
      detail: vf
        ? 'The device reaches the guest. A virtual function needs a driver that knows SR-IOV in the guest, too: the same out-of-tree i915 as on the host, or xe of a kernel that has it.'
        : 'The device reaches the guest; what is missing is in the guest: a kernel with i915 or xe that knows this device, its firmware, and the media driver that programs use.',
      evidence: [
        ...lines.map(({ quote }) => quote),
        ...of.facts
          .of('symptom')
          .filter(({ value }) => (LACKS as readonly string[]).includes(value))
          .map(({ quote }) => quote),
        ...of.facts.quotes('guestKernel', 'guestOs'),
      ],
      fix: {
        why: 'Give the guest a kernel and a driver for this device.',
        vm: [],
        steps: [
          {
            where: 'guest',
            text: cloud
              ? 'apt install linux-image-amd64   # Ubuntu: linux-generic; then start that kernel'
              : 'lspci -nnk -d 8086:   # “Kernel driver in use” must say i915 or xe',
          },
          {
            where: 'guest',
            text: vf
              ? 'install the same i915-sriov-dkms as on the host (Ubuntu: linux-modules-extra-$(uname -r) first), blacklist xe, restart'
              : 'apt install firmware-misc-nonfree intel-media-va-driver-non-free vainfo   # Ubuntu: linux-modules-extra-$(uname -r) intel-media-va-driver',
          },
        ],
        source: 'kernel configurations of Debian and Ubuntu; reports of media server owners',
      },
      collect: sure
        ? []
        : ['in the guest: uname -r, lspci -nnk, dmesg | grep -iE "i915|xe|drm", ls -l /dev/dri'],
      explains: ['host.power-state', 'host.reset-failed', 'sriov.driver-broken'],
    }),
  ];
}

/** CM_PROB_FAILED_INSTALL: Windows found no driver for the device (cfg.h). */
const NO_DRIVER = 28;

function windowsWithout(of: Case): readonly Claim[] {
  if (of.facts.get('problemCode') !== NO_DRIVER || outcome(of) === 'works') return [];
  return [
    claim({
      id: 'guest.driver-missing',
      severity: 'cause',
      confidence: 'certain',
      title: 'Windows has no driver for the device (code 28)',
      detail: 'The device is there and healthy as far as Windows can tell; nobody has installed its driver.',
      evidence: of.facts.quotes('problemCode'),
      fix: {
        why: 'Install Intel’s graphics driver in the guest.',
        vm: [],
        steps: [
          { where: 'guest', text: 'install Intel’s driver for this generation, then restart the guest' },
        ],
        source: 'Windows SDK cfg.h, CM_PROB_FAILED_INSTALL',
      },
      explains: ['guest.problem-code'],
    }),
  ];
}

function basicDisplay(of: Case): readonly Claim[] {
  if (!of.facts.has('symptom', 'basic-display') || of.facts.has('symptom', 'code-43')) return [];
  return [
    claim({
      id: 'guest.basic-display-driver',
      severity: outcome(of) === 'works' ? 'warning' : 'cause',
      title: 'Windows runs the device with its Basic Display driver, not with Intel’s',
      detail:
        'Microsoft’s fall-back driver reports code 0 and shows a picture, and nothing of the iGPU is used. Intel’s driver is not installed or did not bind.',
      evidence: of.facts.quotes('symptom', 'guestDriver', 'problemCode'),
      fix: {
        why: 'Install Intel’s graphics driver in the guest.',
        vm: [],
        steps: [
          {
            where: 'guest',
            text: 'install Intel’s driver for this generation, then look at the device’s driver again',
          },
        ],
        source: 'Microsoft, “Microsoft Basic Display Driver”',
      },
    }),
  ];
}
