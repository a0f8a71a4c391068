import type { Case } from '../case.ts';
import { COMPARED, type Compared } from '../fact.ts';
import type { FindingId } from '../finding-id.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { guestOs } from '../subject/guest.ts';
import { modeOf } from '../subject/passed.ts';
import { driven, sees } from '../subject/inside-guest.ts';

/**
 * A trial that was made outweighs every line of a log: where only one thing differs between the set-up that works and
 * the one that does not, that thing is at fault.
 */
export const comparison: Rule = {
  id: 'comparison',
  findings: [
    'host.kernel-regression',
    'qemu.regression',
    'guest.driver-missing',
    'guest.os-config',
    'guest.driver-version',
    'guest.vbs',
    'sriov.driver-broken',
  ],
  conclude: (of) =>
    [...new Set(of.facts.of('compared').map(({ value }) => value))].flatMap((what) => {
      const id = atFault(what, of);
      return id === null ? [] : [found(id, what, of)];
    }),
};

function atFault(what: Compared, of: Case): FindingId | null {
  switch (what) {
    case 'host-kernel':
      // The kernel that a guest's module was not built for is the guest's.
      return sees(of, 'build-failed') ? null : 'host.kernel-regression';
    case 'host-driver':
      return modeOf(of) === 'vf' ? 'sriov.driver-broken' : 'host.kernel-regression';
    case 'qemu':
      return 'qemu.regression';
    case 'guest-driver':
    case 'guest-kernel':
      return 'guest.driver-version';
    case 'guest':
      return otherGuestWorks(of);
    case 'vbs':
      return 'guest.vbs';
    // What helps there is known, and found by rules of their own.
    case 'rom':
    case 'machine':
    case 'cpu':
      return null;
  }
}

/** A Linux guest that cannot what another can has no driver; Windows may fail for more reasons than that. */
function otherGuestWorks(of: Case): FindingId | null {
  if (driven(of)) return 'guest.os-config';
  const os = guestOs(of);
  const windows =
    os === 'windows' || of.facts.has('symptom', 'code-43') || of.facts.get('problemCode') !== null;
  if (windows || os === null) return null;
  return os === 'linux' ? 'guest.driver-missing' : 'guest.os-config';
}

function found(id: FindingId, what: Compared, of: Case): Claim {
  return claim({
    id,
    severity: 'cause',
    confidence: what === 'vbs' ? 'certain' : 'likely',
    title: `It depends on ${COMPARED[what]}`,
    detail:
      'The same set-up works, or worked, with another one. That trial says more than any line of a log: look there first.',
    evidence: of.facts.saying('compared', what),
    fix: {
      why: 'Go back to what worked, and hold it there until the newer one is mended.',
      vm: [],
      steps: STEPS[what] ?? [],
      source: 'the trial that is quoted',
    },
    explains: [
      'guest.code43',
      'guest.problem-code',
      'rom.missing',
      'host.group-not-viable',
      'guest.display-enumeration',
    ],
  });
}

const STEPS: Partial<
  Record<Compared, readonly { readonly where: 'host' | 'guest'; readonly text: string }[]>
> = {
  'host-kernel': [
    {
      where: 'host',
      text: 'proxmox-boot-tool kernel pin <the version that worked>   # elsewhere: choose it in the boot loader',
    },
  ],
  qemu: [
    {
      where: 'host',
      text: 'apt install pve-qemu-kvm=<the version that worked> && apt-mark hold pve-qemu-kvm',
    },
  ],
  'guest-driver': [
    {
      where: 'guest',
      text: 'install the driver version that worked, and keep Windows Update from replacing it (ExcludeWUDriversInQualityUpdate=1)',
    },
  ],
  'guest-kernel': [{ where: 'guest', text: 'start the kernel or release that worked' }],
};
