import type { Case } from '../case.ts';
import type { Mode } from '../fact.ts';
import type { Quote } from '../quote.ts';
import type { Signal } from '../signature.ts';
import type { PassedDevice } from '../vm-setup.ts';
import { isIgpuPlace, slotOf, withDomain } from './address.ts';
import { igpuDevices, modeOfDevice } from './igpu-devices.ts';
import { perCase } from './per-case.ts';

/** The devices of all VMs that are, or may be, the iGPU. */
const passedIgpus = perCase((of): readonly PassedDevice[] => of.vms.flatMap(igpuDevices));

/** The iGPU that is passed through, as far as a VM's set-up names one: rather the one whose address facts name. */
export const passedIgpu = perCase((of): PassedDevice | null => {
  const address = of.facts.get('address');
  const named = passedIgpus(of).find(({ host }) => host !== null && address?.startsWith(host) === true);
  return named ?? passedIgpus(of)[0] ?? null;
});

/** How the iGPU is given; null where nothing says it. */
export const modeOf = perCase((of): Mode | null => {
  const device = passedIgpu(of);
  const mode = device === null ? null : modeOfDevice(device);
  return mode === 'whole' ? (of.facts.get('mode') ?? mode) : (mode ?? of.facts.get('mode'));
});

/** Where the VM's set-up says something, for evidence: the passed device's own line, else the fact. */
export function deviceQuotes(of: Case): readonly Quote[] {
  const device = passedIgpu(of);
  return device === null ? of.facts.quotes('mode') : [device.quote];
}

/**
 * Whether a ROM is given to the iGPU. A config counts more than a statement. A VM that passes the device without
 * `romfile` says no, and so does a person who says so.
 */
export const romGiven = perCase((of): 'yes' | 'no' | 'unknown' => {
  const devices = passedIgpus(of);
  if (devices.some(({ romfile }) => romfile !== null)) return 'yes';
  if (devices.length > 0) return 'no';
  if (of.facts.has('romGiven', true) || of.facts.get('romName') !== null) return 'yes';
  return of.facts.has('romGiven', false) ? 'no' : 'unknown';
});

/** Every device that a VM of the case gets or that a fact names as the one in question, as `0000:00:02.0`. */
export const passedAddresses = perCase((of): readonly string[] => {
  const named = of.facts.of('address').map(({ value }) => value);
  const hosts = of.vms.flatMap(({ devices }) => devices.flatMap(({ host }) => (host === null ? [] : [host])));
  return [...new Set([...named, ...hosts].map(withDomain))];
});

const passedSlots = perCase((of): ReadonlySet<string> => new Set(passedAddresses(of).map(slotOf)));

/** A capture of this name may also be a type of device. */
const ADDRESS = /^(?:(?:0x)?[0-9a-f]{4}:)?(?:0x)?[0-9a-f]{2}:(?:0x)?[0-9a-f]{2}\.[0-7]$/i;

/**
 * Whether a line can speak of what is passed through: it names no device, or one in the same slot (a VF and its PF
 * share it). Where nothing says what is passed, every device can be it for QEMU; for the kernel only the iGPU's slot.
 */
export function concerns(of: Case, signal: Signal, by: 'kernel' | 'start' | 'refusal' = 'kernel'): boolean {
  const device = [signal.captures['device'], signal.device].find((text) => ADDRESS.test(text ?? '')) ?? null;
  if (device === null) return true;
  // A start that is refused is refused over whichever device: only a config says that a VM does not get it.
  if (by === 'refusal' && of.vms.every(({ devices }) => devices.every(({ host }) => host === null)))
    return true;
  const passed = passedSlots(of);
  return passed.size > 0 ? passed.has(slotOf(device)) : by !== 'kernel' || isIgpuPlace(device);
}
