import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import { outcome } from '../outcome.ts';
import type { Signal } from '../signature.ts';
import type { PassedDevice } from '../vm-setup.ts';

export type Known = 'yes' | 'no' | 'unknown';

/** Whether the present state is said or shown to be good, and nothing speaks against it. */
export function works(of: Case): boolean {
  return outcome(of) === 'works';
}

/** Whether something is said to go wrong: all of it, a part of it, or so say some. */
export function fails(of: Case): boolean {
  return ['fails', 'partly', 'contradictory'].includes(outcome(of));
}

/** Every device that a VM of the case gets or that a fact names as the one in question, as `0000:00:02.0`. */
export function passedAddresses(of: Case): readonly string[] {
  const named = of.facts.of('address').map(({ value }) => value);
  const hosts = of.vms.flatMap(({ devices }) => devices.flatMap(({ host }) => (host === null ? [] : [host])));
  return [...new Set([...named, ...hosts].map(withDomain))];
}

/** The devices of all VMs that are an Intel iGPU or one of its VFs by their place on the host: slot 2 of bus 0. */
export function igpuDevices(of: Case): readonly PassedDevice[] {
  const own = new Set(of.facts.of('address').map(({ value }) => slotOf(value)));
  return of.vms
    .flatMap(({ devices }) => devices)
    .filter(({ host, mapping, mdev }) => {
      if (host === null) return mapping !== null || mdev !== null;
      return own.size > 0 ? own.has(slotOf(host)) : slotOf(host) === IGPU_SLOT;
    });
}

/**
 * Whether a ROM is given to the iGPU. A config counts more than a statement. A VM that passes the device without
 * `romfile` says no, and so does a person who says so.
 */
export function romGiven(of: Case): Known {
  const devices = igpuDevices(of);
  if (devices.some(({ romfile }) => romfile !== null)) return 'yes';
  if (devices.length > 0) return 'no';
  if (of.facts.has('romGiven', true) || of.facts.get('romName') !== null) return 'yes';
  return of.facts.has('romGiven', false) ? 'no' : 'unknown';
}

/** Whether the VM is of the kind that QEMU gives legacy mode to: i440fx, and the iGPU at 00:02.0 of the guest. */
export function legacyMode(of: Case): Known {
  if (of.signals.has('igd-legacy-on')) return 'yes';
  const vm = of.vms.find(({ devices }) => devices.some((device) => igpuDevices(of).includes(device)));
  const machine = vm?.machine.type ?? of.facts.get('machine');
  if (machine === 'q35') return 'no';
  const device = igpuDevices(of)[0];
  if (device?.properties.get('x-igd-legacy-mode') === 'off') return 'no';
  if (device?.legacyIgd === true) return 'yes';
  if (machine !== 'i440fx' || device === undefined || device.guest === null) return 'unknown';
  return device.guest.slot === 2 && device.guest.function === 0 ? 'yes' : 'no';
}

/**
 * Whether a line can speak of what is passed through: it names no device, or one in the same slot (a VF and its PF
 * share it). Where nothing says what is passed, every device can be it for QEMU; for the kernel only slot 2 of bus 0.
 */
export function concerns(of: Case, signal: Signal, by: 'kernel' | 'start' = 'kernel'): boolean {
  const device = [signal.captures['device'], signal.device].find((text) => ADDRESS.test(text ?? '')) ?? null;
  if (device === null) return true;
  const slot = slotOf(device);
  const passed = passedAddresses(of).map(slotOf);
  if (passed.length > 0) return passed.includes(slot);
  return by === 'start' || slot === IGPU_SLOT;
}

/** The usual severity of a line with which QEMU or the start of the VM gives up. */
export function refusal(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal, 'start'))) return null;
  return works(of) ? 'info' : 'cause';
}

/** The usual severity of a kernel line that tells of a broken device: a cause only where it is said to fail. */
export function breakage(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal))) return null;
  return works(of) ? 'info' : fails(of) ? 'cause' : 'contributing';
}

/** The usual severity of a line that may matter, and that working systems print, too. */
export function suspicion(signals: readonly Signal[], of: Case): Severity | null {
  if (!signals.some((signal) => concerns(of, signal))) return null;
  return works(of) ? 'harmless' : 'warning';
}

export function harmless(): Severity {
  return 'harmless';
}

export function certain(): 'certain' {
  return 'certain';
}

/** `0000:00:02.0` of `00:02.0`, of `0x00:0x02.0` and of itself, in lower case; a whole slot stays one. */
export function withDomain(address: string): string {
  const bare = address.toLowerCase().replaceAll('0x', '');
  return /^[0-9a-f]{4}:/.test(bare) ? bare : `0000:${bare}`;
}

/** A capture of this name may also be a type of device. */
const ADDRESS = /^(?:(?:0x)?[0-9a-f]{4}:)?(?:0x)?[0-9a-f]{2}:(?:0x)?[0-9a-f]{2}\.[0-7]$/i;
const IGPU_SLOT = '0000:00:02';

function slotOf(address: string): string {
  return withDomain(address).replace(/\.[0-7]$/, '');
}
