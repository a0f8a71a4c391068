import { igpuFamily } from '../../igpu/families.ts';
import { deviceOfProcessor, kernelTakes, linuxDriver, type LinuxDriver } from '../../igpu/linux-drivers.ts';
import type { Case } from '../case.ts';
import type { Fact, GuestSight } from '../fact.ts';
import type { Quote } from '../quote.ts';
import { familyOf } from './family.ts';
import { modeOf } from './passed.ts';

/** What is known of the inside of a Linux guest. */

export function sees(of: Case, ...sights: readonly GuestSight[]): boolean {
  return sights.some((sight) => of.facts.has('guestSight', sight));
}

export function sightQuotes(of: Case, ...sights: readonly GuestSight[]): readonly Quote[] {
  return of.facts.saying('guestSight', ...sights);
}

/** A Linux guest: it is said, or something was seen that only Linux shows. */
export function isLinux({ facts }: Case): boolean {
  return facts.has('guestOs', 'linux') || (facts.get('guestOs') === null && facts.get('guestSight') !== null);
}

/** Lines with which the guest's driver gives the device up. */
const FAILED = [
  'guest-probe-failed',
  'guest-dead',
  'guest-unknown-symbol',
  'guest-no-module',
  'guest-forcewake',
  'guest-force-probe',
];

/** A driver runs the device in the guest (a node that may not be opened is there): passthrough is done, and the kernel is not to blame. */
export function driven(of: Case): boolean {
  if (of.signals.has(...FAILED) || sees(of, 'unbound', 'no-module', 'id-unknown')) return false;
  return sees(of, 'bound', 'render-node', 'accelerates', 'no-right') || of.signals.has('va-works');
}

/** The guest's kernel as `uname -r`; one of unknown side is the guest's where the host has another. */
export function guestKernels({ facts }: Case): readonly Extract<Fact, { key: 'guestKernel' | 'kernel' }>[] {
  const said = facts.of('guestKernel');
  if (said.length > 0) return said;
  const hosts = facts.has('hypervisor', 'proxmox');
  return facts.of('kernel').filter(({ value }) => hosts && DISTRIBUTION.test(value));
}

const DISTRIBUTION = /-(?:generic|amd64|arch\d|cloud|kvm|aws|azure|gcp|virt|zen\d?)\b|\+deb\d/;

/** Releases of distributions whose kernel is known, unless another was installed. */
const RELEASES: readonly (readonly [name: RegExp, kernel: string])[] = [
  [/\bdebian ?(?:gnu\/linux )?(?:11|bullseye)\b/i, '5.10'],
  [/\bdebian ?(?:gnu\/linux )?(?:12|bookworm)\b/i, '6.1'],
  [/\bubuntu(?: server)? ?(?:20\.04|focal)\b/i, '5.4'],
];

/** What shows that the guest's kernel is older than the device. */
export interface TooOld {
  readonly kernel: string;
  readonly needs: LinuxDriver;
  readonly what: string;
  readonly sure: boolean;
  readonly evidence: readonly Quote[];
}

/** A guest's kernel that leaves this device alone, because it was made before it; null where that cannot be told. */
export function tooOld(of: Case): TooOld | null {
  const id = of.facts.get('device');
  const family = familyOf(of);
  if (family === null || modeOf(of) === 'vf') return null;
  const cpus = of.facts.of('cpu').map(({ value }) => deviceOfProcessor(value));
  const known =
    id !== null && igpuFamily(id) !== null ? id.slice(5) : (cpus.find((one) => one !== null) ?? null);
  const needs = linuxDriver(family.code, known);
  const kernels = guestKernels(of);
  const evidence = (quote: Quote) => [quote, ...of.facts.quotes('device', 'cpu').slice(0, 1)];
  const what = known === null ? family.codename : `${family.codename} (8086:${known})`;
  const [kernel] = kernels;
  if (kernel !== undefined) {
    if (kernels.some(({ value }) => kernelTakes(value, needs) !== false)) return null;
    return { kernel: kernel.value, needs, what, sure: needs.verified, evidence: evidence(kernel.quote) };
  }
  for (const { value, quote } of of.facts.of('guestOsText')) {
    const release = RELEASES.find(([name]) => name.test(value))?.[1];
    if (release !== undefined && kernelTakes(release, needs) === false)
      return { kernel: release, needs, what, sure: false, evidence: evidence(quote) };
  }
  return null;
}
