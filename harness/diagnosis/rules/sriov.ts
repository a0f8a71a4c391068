import { sharingOf } from '../../igpu/sr-iov.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { familyOf } from '../subject/family.ts';
import { guestOs } from '../subject/guest.ts';
import { modeOf } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';

const WITHOUT_SRIOV =
  'Only Intel’s client graphics of generation 12 and later have SR-IOV (Alder Lake, Raptor Lake, Meteor Lake, Arrow Lake and later); older ones never do.';

/** What people expect of a virtual function that it cannot do. */
export const sriov: Rule = {
  id: 'sriov',
  findings: [
    'sriov.no-display',
    'sriov.not-supported',
    'sriov.pf-on-vfio',
    'sriov.no-pf-driver',
    'sriov.driver-broken',
  ],
  conclude: (of) => [
    ...noDisplay(of),
    ...notSupported(of),
    ...pfOnVfio(of),
    ...noPfDriver(of),
    ...driverBroken(of),
  ],
};

function noDisplay(of: Case) {
  const dark = of.facts.has('symptom', 'no-picture') || of.facts.has('symptom', 'no-firmware-picture');
  if (modeOf(of) !== 'vf' || !(dark || of.facts.get('monitor') === true)) return [];
  return [
    claim({
      id: 'sriov.no-display',
      severity: !dark || outcome(of) === 'works' ? 'warning' : saidToWork(of) ? 'contributing' : 'cause',
      confidence: 'certain',
      title: 'A virtual function has no display outputs: no monitor can ever show it',
      detail:
        'The outputs of the machine stay with the host’s physical function. A virtual function renders and encodes; its picture reaches you by RDP, Parsec, Sunshine with a virtual display, or Looking Glass.',
      evidence: of.facts.quotes('mode', 'symptom', 'monitor'),
      fix: {
        why: 'For a picture on a monitor give the whole device to one guest instead.',
        vm: [],
        steps: [
          { where: 'guest', text: 'use a remote desktop, or add a virtual display driver' },
          { where: 'vm', text: 'or pass the whole iGPU (0000:00:02.0) to one VM, without virtual functions' },
        ],
        source: 'Intel’s SR-IOV documentation; reports collected by i915-sriov-dkms',
      },
      answers: ['no-picture', 'no-firmware-picture'],
      explains: ['rom.missing', 'guest.display-enumeration', 'opregion.missing', 'opregion.not-passed'],
    }),
  ];
}

function saidToWork(of: Case): boolean {
  return of.facts.has('outcome', 'works');
}

function notSupported(of: Case) {
  const family = familyOf(of);
  const wants = modeOf(of) === 'vf' || of.facts.has('symptom', 'vfs-missing');
  if (!wants || family === null) return [];
  const { sriov: has } = sharingOf(family.code);
  // Tiger Lake and Rocket Lake make virtual functions, and no Windows guest was seen to work with one.
  const doubtful = has === 'both' && of.facts.has('symptom', 'code-43');
  if (has !== 'no' && !doubtful) return [];
  return [
    claim({
      id: 'sriov.not-supported',
      severity: 'cause',
      confidence: doubtful ? 'likely' : 'certain',
      title: doubtful
        ? `${family.codename} makes virtual functions, and Windows is not known to work with them`
        : `${family.codename} graphics have no SR-IOV`,
      detail: WITHOUT_SRIOV,
      evidence: of.facts.quotes('device', 'cpu', 'mode', 'symptom'),
      fix: {
        why: 'Pass the whole device; generations 5 to 9 can also be shared as mediated devices (GVT-g).',
        vm: [],
        steps: [{ where: 'vm', text: 'hostpci0: 0000:00:02.0' }],
        source: 'Linux include/drm/intel/pciids.h and i915’s SR-IOV capability',
      },
      explains: ['sriov.no-pf-driver', 'sriov.pf-on-vfio'],
    }),
  ];
}

/** The physical function itself is held by vfio-pci, or by a VM, so nobody can make virtual functions. */
function pfOnVfio(of: Case): readonly Claim[] {
  const wanted =
    of.facts.has('symptom', 'vfs-missing') ||
    of.facts.get('vfs') !== null ||
    modeOf(of) === 'vf' ||
    of.signals.has('sriov-nodrv');
  const missing = of.facts.has('symptom', 'vfs-missing') || of.signals.has('sriov-nodrv', 'vf-gone');
  const holder = of.facts.of('hostDriver').filter(({ value }) => value === 'vfio-pci');
  const touched = VFIO_LINES.flatMap((id) => of.signals.of(id)).filter(({ message }) =>
    /vfio-pci 0000:00:02\.0:/.test(message),
  );
  const held = [...holder, ...touched].map(({ quote }) => quote);
  if (!wanted || works(of) || (held.length === 0 && !(missing && of.facts.has('mode', 'whole')))) return [];
  return [
    claim({
      id: 'sriov.pf-on-vfio',
      severity: missing || holder.length > 0 ? 'cause' : 'contributing',
      confidence: missing && held.length > 0 ? 'certain' : 'likely',
      title: 'The physical function is given away, so there are no virtual functions',
      detail:
        'Virtual functions are made by the host’s i915 or xe driver on 00:02.0. Once vfio-pci or a VM holds that device, they are gone.',
      evidence: [...held, ...of.facts.quotes('symptom', 'vfs', 'mode')],
      fix: {
        why: 'Leave 00:02.0 to the host’s driver, and give VMs the virtual functions only.',
        vm: [],
        steps: [
          {
            where: 'vm',
            text: 'remove hostpci 0000:00:02.0 (or 0000:00:02, which takes all functions) from every VM; pass 0000:00:02.1 and up',
          },
          {
            where: 'host',
            text: 'remove vfio-pci ids=8086:… and any blacklist of i915 or xe, then update-initramfs -u and restart',
          },
        ],
        source: 'Linux drivers/pci/iov.c',
      },
      explains: ['sriov.no-pf-driver', 'guest.code43', 'rom.missing', 'sriov.driver-broken'],
    }),
  ];
}

/** Lines of vfio-pci that name the device it holds. */
const VFIO_LINES = ['rom-header', 'vfio-reset', 'ecap-hide', 'vfio-enable', 'vgaarb-take', 'bar-reserve'];

/** Writing sriov_numvfs fails with ENOENT where no driver is bound (drivers/pci/pci-sysfs.c, sriov_numvfs_store). */
function noPfDriver(of: Case): readonly Claim[] {
  const lines = of.signals.of('sriov-enoent');
  if (lines.length === 0 || works(of)) return [];
  return [
    claim({
      id: 'sriov.no-pf-driver',
      severity: 'cause',
      title: 'No driver that can make virtual functions is bound to 00:02.0',
      detail:
        'The kernel answers “No such file or directory” to sriov_numvfs where no driver is bound, or one without SR-IOV.',
      evidence: lines.map(({ quote }) => quote),
      fix: {
        why: 'Load a driver with SR-IOV on the host.',
        vm: [],
        steps: [
          { where: 'host', text: 'lspci -nnk -s 00:02.0; dkms status; modinfo i915 | grep -i max_vfs' },
        ],
        source: 'Linux drivers/pci/iov.c',
      },
    }),
  ];
}

/** The host’s own driver gave the GPU up: no virtual function of it can work. */
function driverBroken(of: Case): readonly Claim[] {
  const wedged = [...of.signals.of('host-wedged'), ...of.signals.of('guest-guc-failed')].filter(
    ({ message }) => /0000:00:02\.0/.test(message),
  );
  if (modeOf(of) !== 'vf' || wedged.length === 0 || works(of) || guestOs(of) === 'linux') return [];
  return [
    claim({
      id: 'sriov.driver-broken',
      severity: 'cause',
      title: 'The host’s driver declares the GPU wedged: no virtual function of it can work',
      detail:
        'The GPU’s firmware (GuC) did not start under the host’s driver. The driver, the kernel and the firmware files have to fit each other.',
      evidence: wedged.map(({ quote }) => quote),
      fix: {
        why: 'Bring driver, kernel and firmware together.',
        vm: [],
        steps: [
          {
            where: 'host',
            text: 'update linux-firmware (pve-firmware) and i915-sriov-dkms together, or start the kernel of before',
          },
        ],
        source: 'Linux drivers/gpu/drm/i915/gt/uc/intel_uc.c',
      },
      explains: ['host.reset-failed', 'guest.firmware-missing', 'guest.code43'],
    }),
  ];
}
