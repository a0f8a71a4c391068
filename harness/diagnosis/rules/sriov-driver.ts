import type { Case } from '../case.ts';
import type { Claim, FixStep } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { guestOs } from '../subject/guest.ts';
import { sightQuotes } from '../subject/inside-guest.ts';
import { modeOf } from '../subject/passed.ts';
import { hasSymptom, works } from '../subject/trouble.ts';
import { keptOut } from './driver-kept-out.ts';
import { moduleNotLoaded } from './sriov-module.ts';
import { told, wantsVfs } from './sriov-wanted.ts';

/** Whether the host has a driver that makes virtual functions, and whether it does. */
export const sriovDriver: Rule = {
  id: 'sriov-driver',
  findings: ['sriov.no-pf-driver', 'sriov.driver-broken', 'guest.driver-missing'],
  conclude: (of) =>
    works(of)
      ? []
      : [
          ...noPfDriver(of),
          ...(areThere(of) ? [] : moduleNotLoaded(of)),
          ...wedged(of),
          ...crashed(of),
          ...unbuiltInGuest(of),
        ],
};

function cause(
  id: Claim['id'],
  title: string,
  detail: string,
  evidence: readonly Quote[],
  rest: {
    readonly why: string;
    readonly steps: readonly FixStep[];
    readonly source: string;
  } & Partial<Pick<Claim, 'confidence' | 'explains'>>,
): Claim {
  const { why, steps, source, ...more } = rest;
  return claim({
    id,
    severity: 'cause',
    title,
    detail,
    evidence,
    fix: { why, vm: [], steps, source },
    ...more,
  });
}

/** A machine shows virtual functions, or a guest shows what it makes of one. */
function areThere(of: Case): boolean {
  const counted = of.facts.of('vfs').some(({ by, value }) => by === 'machine' && value > 0);
  const met = of.facts.has('symptom', 'code-43') || of.facts.has('symptom', 'corrupt-picture');
  return counted || met || of.signals.has('sriov-on', 'vf-mode');
}

/** Writing sriov_numvfs fails with ENOENT where no driver is bound (drivers/pci/pci-sysfs.c, sriov_numvfs_store). */
function noPfDriver(of: Case): readonly Claim[] {
  const lines = of.signals.of('sriov-enoent').map(({ quote }) => quote);
  const said = wantsVfs(of)
    ? [...told(of, 'no-pf-driver', 'driver-kept-out'), ...keptOut(of), ...absentOnHost(of)]
    : [];
  if (lines.length + said.length === 0 || areThere(of)) return [];
  return [
    cause(
      'sriov.no-pf-driver',
      'No driver that can make virtual functions is bound to 00:02.0',
      'Virtual functions are made by i915 or xe with SR-IOV, which has to load and to hold 00:02.0. Something on this host keeps it from that: a blacklist, nomodeset, or a module that does not take this device.',
      [...lines, ...said],
      {
        why: 'Load a driver with SR-IOV on the host.',
        steps: [
          {
            where: 'host',
            text: 'lspci -nnk -s 00:02.0; dkms status; modinfo i915 | grep -i max_vfs; grep -rE "i915|xe" /etc/modprobe.d; cat /proc/cmdline',
          },
          {
            where: 'host',
            text: 'take nomodeset, and the blacklist of the driver that shall make the functions, away; update-initramfs -u and restart',
          },
        ],
        source: 'Linux drivers/pci/iov.c; i915_module.c and xe_module.c, which do not load with nomodeset',
        explains: ['host.device-missing', 'sriov.driver-broken', 'guest.driver-missing'],
      },
    ),
  ];
}

/** Where no guest is spoken of, the host’s tools are quoted. */
function absentOnHost(of: Case): readonly Quote[] {
  return guestOs(of) === null ? sightQuotes(of, 'no-module', 'unbound') : [];
}

function unbuiltInGuest(of: Case): readonly Claim[] {
  const said = told(of, 'guest-module-unbuilt');
  if (said.length === 0) return [];
  return [
    cause(
      'guest.driver-missing',
      'The module with SR-IOV is not built in the guest',
      'A virtual function needs a driver that knows SR-IOV in the guest, too. It could not be built there, so the guest has none.',
      said,
      {
        why: 'Give the guest a kernel that the module can be built for, with its headers.',
        steps: [
          {
            where: 'guest',
            text: 'apt install linux-headers-$(uname -r); use a release of the module that names this kernel, or a kernel that the module names; dkms status must say installed',
          },
        ],
        source: 'dkms(8); README of i915-sriov-dkms',
        explains: ['sriov.driver-broken'],
      },
    ),
  ];
}

/** The host’s driver faults as a virtual function is taken from it. */
function crashed(of: Case): readonly Claim[] {
  const lines = of.signals.of('i915-oops');
  const down = hasSymptom(of, 'host-freezes', 'vm-does-not-start');
  if (modeOf(of) !== 'vf' || lines.length === 0 || !down) return [];
  return [
    cause(
      'sriov.driver-broken',
      'The host’s graphics driver faults when a virtual function is used',
      'The kernel’s trace names i915, xe or their unmapping of the device. With the out-of-tree module that is its fault, or it does not fit this kernel.',
      lines.map(({ quote }) => quote),
      {
        why: 'Use a release of the module that is known to do well with this kernel.',
        steps: [
          {
            where: 'host',
            text: 'install another release of i915-sriov-dkms, or start the kernel of before',
          },
          {
            where: 'host',
            text: 'keep the host’s driver off the functions: bind 00:02.1 to 00:02.7 to vfio-pci as they appear',
          },
        ],
        source: 'traces reported to i915-sriov-dkms',
        explains: ['host.crash'],
      },
    ),
  ];
}

/** The host’s own driver gave the GPU up: no virtual function of it can work. */
function wedged(of: Case): readonly Claim[] {
  const lines = [...of.signals.of('host-wedged'), ...of.signals.of('guest-guc-failed')].filter(
    ({ message }) => /0000:00:02\.0/.test(message),
  );
  if (modeOf(of) !== 'vf' || lines.length === 0 || guestOs(of) === 'linux') return [];
  return [
    cause(
      'sriov.driver-broken',
      'The host’s driver declares the GPU wedged: no virtual function of it can work',
      'The GPU’s firmware (GuC) did not start under the host’s driver. The driver, the kernel and the firmware files have to fit each other.',
      lines.map(({ quote }) => quote),
      {
        why: 'Bring driver, kernel and firmware together.',
        steps: [
          {
            where: 'host',
            text: 'update linux-firmware (pve-firmware) and i915-sriov-dkms together, or start the kernel of before',
          },
        ],
        source: 'Linux drivers/gpu/drm/i915/gt/uc/intel_uc.c',
        explains: ['host.reset-failed', 'guest.firmware-missing', 'guest.code43'],
      },
    ),
  ];
}
