import type { Case } from '../case.ts';
import type { Symptom } from '../fact.ts';
import type { FixStep } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { fails } from '../subject/trouble.ts';
import { driven, isLinux, sees, sightQuotes } from '../subject/inside-guest.ts';

const ANSWERS: readonly Symptom[] = ['no-acceleration', 'no-render-node'];
const SOURCE = 'libva; reports of media server owners';

interface Trouble {
  readonly id: 'guest.os-config' | 'guest.driver-version' | 'guest.driver-missing';
  readonly title: string;
  readonly detail: string;
  readonly evidence: readonly Quote[];
  readonly text: string;
}

/**
 * A driver runs the device in a Linux guest, so passthrough is done: what fails lies between the render node and the
 * program. Never a cause: the passthrough that is asked about works.
 */
export const guestPrograms: Rule = {
  id: 'guest-programs',
  findings: ['guest.os-config', 'guest.driver-version', 'guest.driver-missing'],
  conclude: (of) => {
    if (!isLinux(of) || !fails(of)) return [];
    if (sees(of, 'gave-up') || of.signals.has('hung-task', 'guest-tlb-timeout', 'guest-hang', 'guest-wedged'))
      return [];
    const runs =
      driven(of) || (sees(of, 'driver-installed') && !of.signals.has('guest-probe-failed', 'guest-dead'));
    const found = runs ? trouble(of) : null;
    if (found === null) return [];
    const { id, title, detail, evidence, text } = found;
    const step: FixStep = { where: 'guest', text };
    return [
      claim({
        id,
        severity: 'contributing',
        title,
        detail,
        evidence: [
          ...evidence,
          ...sightQuotes(of, 'bound', 'render-node', 'accelerates', 'driver-installed'),
        ],
        fix: {
          why: 'The device is there; the program has to be shown the way to it.',
          vm: [],
          steps: [step],
          source: SOURCE,
        },
        collect: ['in the guest: ls -l /dev/dri/by-path; vainfo --display drm --device /dev/dri/renderD128'],
        answers: ANSWERS,
        explains: [],
      }),
    ];
  },
};

/** libva fails with -1 where there is no file to open; a file that is there and fails has other words. */
function noMediaDriver({ signals, facts }: Case): boolean {
  const lines = [
    ...signals.of('va-failed').map(({ quote }) => quote),
    ...facts.saying('guestSight', 'media-failed'),
  ];
  const codes = lines.flatMap(({ text }) =>
    [...text.matchAll(/(?:returns|error code|connection:) (-?\d{1,3})/g)].map(([, code]) => Number(code)),
  );
  return (
    codes.length > 0 &&
    codes.every((code) => code === -1) &&
    !lines.some(({ text }) => text.includes('init failed'))
  );
}

function trouble(of: Case): Trouble | null {
  const complains = ANSWERS.some((symptom) => of.facts.has('symptom', symptom));
  if (sees(of, 'other-node'))
    return {
      id: 'guest.os-config',
      title: 'The program opens the node of the VM’s emulated adapter, not the iGPU’s',
      detail:
        'A VM with an emulated display has two cards. Programs that take the first one find virtio, bochs or QXL there, which decode nothing. The iGPU’s node is another one.',
      evidence: sightQuotes(of, 'other-node', 'media-failed'),
      text: 'ls -l /dev/dri/by-path   # give the program the node of the iGPU’s address; or take the emulated display away',
    };
  if (sees(of, 'no-right', 'container'))
    return {
      id: 'guest.os-config',
      title: 'The driver runs; the program or its container has no access to the node',
      detail:
        'The iGPU has its driver in the VM. What fails is the way from the node to the program: the node is not passed, its group is missing, or what hands it out does not list it.',
      evidence: sightQuotes(of, 'no-right', 'container'),
      text: 'pass /dev/dri/renderD128 into the container, add its user to the groups render and video',
    };
  if (sees(of, 'software'))
    return {
      id: 'guest.os-config',
      title: 'The driver runs; the desktop renders in software',
      detail:
        'A driver holds the iGPU. The display server uses another card, or one without a 3D driver: a remote session, the emulated display, or a Mesa that is older than the driver.',
      evidence: sightQuotes(of, 'software'),
      text: 'DRI_PRIME=1 glxinfo -B   # and eglinfo -p gbm: do they name the iGPU? then the display server chooses the wrong card',
    };
  if (noMediaDriver(of))
    return {
      id: 'guest.driver-missing',
      title: 'The kernel’s driver runs; the media driver that programs use is not installed',
      detail:
        'The render node is there, so passthrough is done. libva finds no file of a driver to open: error -1, where a driver that is there and does not fit says more.',
      evidence: [...sightQuotes(of, 'media-failed'), ...of.signals.of('va-failed').map(({ quote }) => quote)],
      text: 'apt install intel-media-va-driver-non-free vainfo   # Fedora, Arch: intel-media-driver; then vainfo --display drm',
    };
  if (sees(of, 'media-failed') || of.signals.has('va-failed'))
    return {
      id: 'guest.driver-version',
      title: 'The kernel’s driver runs; the media driver does not start on it',
      detail:
        'The render node is there, and libva finds no media driver that fits it. Either it is older than the kernel or the iGPU, or the program uses an old libva of its own.',
      evidence: [...sightQuotes(of, 'media-failed'), ...of.signals.of('va-failed').map(({ quote }) => quote)],
      text: 'install a media driver that is as new as the kernel (intel-media-driver from Intel’s repository or backports), then vainfo --display drm',
    };
  if (!complains) return null;
  return {
    id: 'guest.os-config',
    title: 'The driver runs in the guest; what fails is above it',
    detail:
      'The iGPU has its driver in the VM, so passthrough is done. The program, its container or the media driver on the way to it fails.',
    evidence: of.facts.saying('symptom', ...ANSWERS),
    text: 'vainfo --display drm --device /dev/dri/renderD128   # if this lists profiles, the program’s settings are to blame',
  };
}
