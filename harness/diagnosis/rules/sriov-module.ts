import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { claim } from '../rule.ts';
import { isIgpuPlace } from '../subject/address.ts';
import { guestIs } from '../subject/guest.ts';
import { fails } from '../subject/trouble.ts';
import { told } from './sriov-wanted.ts';

const SOURCE = 'dkms(8); README of i915-sriov-dkms';

/** The module with SR-IOV is not the one that the host has loaded, or that it can load. */
export function moduleNotLoaded(of: Case): readonly Claim[] {
  if (of.signals.has('pf-mode', 'sriov-on')) return [];
  const said = [...told(of, 'module-unbuilt'), ...ofAnotherKernel(of)];
  if (said.length > 0) return [unbuilt([...said, ...refusedBy(of)])];
  const stock = kernelsOwn(of);
  return stock.length === 0 ? [] : [kernelsOwnLoaded(stock)];
}

/** Where it is installed, for which kernel, and which one runs: of which a machine's word counts first. */
function ofAnotherKernel(of: Case): readonly Quote[] {
  const { facts } = of;
  const built = facts.of('moduleKernel');
  const running = facts.of('kernel').find(({ quote }) => !/sriov.*: {0,2}installed\b/i.test(quote.text));
  if (built.length === 0 || running === undefined || !fails(of)) return [];
  const fits = built.some(({ value }) => value.startsWith(running.value) || running.value.startsWith(value));
  return fits ? [] : [...built, running].map(({ quote }) => quote);
}

function unbuilt(evidence: readonly Quote[]): Claim {
  return claim({
    id: 'sriov.driver-broken',
    severity: 'cause',
    title: 'The module with SR-IOV is not built for the kernel that runs',
    detail:
      'Where DKMS says only “added”, names another kernel, or the build ends with an error, the kernel’s own i915 is loaded, which makes no virtual functions. A build needs the headers of exactly the running kernel.',
    evidence,
    fix: {
      why: 'Build the module for the running kernel, or run the kernel that it was built for.',
      vm: [],
      steps: [
        {
          where: 'host',
          text: 'apt install proxmox-headers-$(uname -r)   # Debian, Ubuntu: linux-headers-$(uname -r); then dkms autoinstall, dkms status must say installed, update-initramfs -u, restart',
        },
      ],
      source: SOURCE,
    },
    explains: ['host.device-missing', 'guest.driver-missing'],
  });
}

/**
 * A driver of the host came up on the physical function without a word of its mode, which one that makes virtual
 * functions always prints; or the kernel says that it cannot.
 */
function kernelsOwn(of: Case): readonly Quote[] {
  const refused = refusedBy(of);
  if (refused.length > 0) return refused;
  const missing = of.facts.saying('symptom', 'vfs-missing');
  const up = of.signals.of('host-i915').filter(({ message }) => INITIALIZED.test(message));
  return missing.length === 0 || up.length === 0 || guestIs(of, 'linux')
    ? []
    : [...up.map(({ quote }) => quote), ...missing];
}

const INITIALIZED = /\bInitialized (?:i915|xe) .{0,40}\bfor 0000:00:02\.0\b/;

function kernelsOwnLoaded(evidence: readonly Quote[]): Claim {
  return claim({
    id: 'sriov.driver-broken',
    severity: 'cause',
    title: 'The driver that the host has loaded makes no virtual functions',
    detail:
      'A driver that can make them says “Running in SR-IOV PF mode” as it loads. This one does not: it is the kernel’s own, or SR-IOV is off in it.',
    evidence,
    fix: {
      why: 'A driver with SR-IOV must be the one that loads, with SR-IOV on.',
      vm: [],
      steps: [
        {
          where: 'host',
          text: 'dkms status; modinfo i915 | head -3; build i915-sriov-dkms for the running kernel, i915.enable_guc=3 i915.max_vfs=7 on the kernel command line, update-initramfs -u, restart',
        },
      ],
      source: SOURCE,
    },
    collect: ['dkms status', 'modinfo i915 | head -3', 'cat /proc/cmdline'],
    explains: ['host.device-missing', 'guest.driver-missing'],
  });
}

/** Lines with which the kernel says so of the graphics; network cards have virtual functions, too. */
function refusedBy({ signals }: Case): readonly Quote[] {
  return signals
    .of('sriov-no-support')
    .filter(({ captures }) => isIgpuPlace(captures['device'] ?? '00:02.0'))
    .map(({ quote }) => quote);
}
