import { isBefore, qemuVersionOf } from './qemu-version.ts';

/**
 * The size of the stolen memory (DVMT pre-allocated) behind a GMS value, in MiB: 32 MiB a step, and from generation 9
 * 4 MiB a step beginning at 0xf0. So 0x10 is 512 MiB and 0xf0 is 4 MiB, whatever some guides print. Null: the field
 * holds no such value.
 *
 * Source: `igd_stolen_memory_size()` in QEMU's hw/vfio/igd.c, the same as i915's.
 */
export function gmsMiB(generation: number, value: number): number | null {
  const highest = generation < 8 ? 0x1f : generation < 9 ? 0xff : 0xfe;
  if (!Number.isInteger(value) || value < 0 || value > highest) return null;
  return generation >= 9 && value >= 0xf0 ? (value - 0xf0 + 1) * 4 : value * 32;
}

/** The smallest legal GMS value that gives at least so many MiB in QEMU 10.1 and later; null: none does. */
export function gmsForMiB(generation: number, size: number): number | null {
  const values = legalValues(generation).filter((value) => (gmsMiB(generation, value) ?? 0) >= size);
  const sized = values.map((value) => ({ value, size: gmsMiB(generation, value) ?? 0 }));
  return sized.toSorted((a, b) => a.size - b.size)[0]?.value ?? null;
}

/** What becomes of `x-igd-gms=<value>`. */
export interface GmsOption {
  readonly effect: 'used' | 'ignored' | 'vm-does-not-start';
  /** As QEMU would say it. */
  readonly legal: string;
  /** What the guest gets where it is used. */
  readonly miB: number | null;
}

/**
 * What a version of QEMU makes of `x-igd-gms`. Before 9.2 0–0x10 for all, in legacy mode only; 9.2 ignores it; 10.0
 * complains about what is out of range and goes on; from 10.1 the VM does not start. 0 is the same as not given.
 *
 * Source: hw/vfio/igd.c as for `igdSupport`, whose generation this takes; null where that QEMU does not know the device.
 */
export function gmsOption(generation: number | null, value: number, qemuVersion: string): GmsOption | null {
  const version = qemuVersionOf(qemuVersion);
  if (version === null) return null;
  if (isBefore(version, [10, 0]) && !isBefore(version, [9, 2])) return ignored('any, without effect');
  const before101 = isBefore(version, [10, 1]);
  if (value === 0) return ignored('0 means not given');
  if (generation === null) {
    const legal = 'not for a device that this QEMU does not know';
    return before101 ? ignored(legal) : { effect: 'vm-does-not-start', legal, miB: null };
  }
  const highest = isBefore(version, [10, 0]) || generation < 8 ? 0x10 : 0x40;
  const small = !before101 && generation >= 9;
  const legal = `0–0x${highest.toString(16)}${small ? ' or 0xf0–0xfe' : ''}`;
  const inRange = value > 0 && (value <= highest || (small && value >= 0xf0 && value <= 0xfe));
  if (inRange) return { effect: 'used', legal, miB: gmsMiB(generation, value) };
  return before101 ? ignored(legal) : { effect: 'vm-does-not-start', legal, miB: null };
}

function ignored(legal: string): GmsOption {
  return { effect: 'ignored', legal, miB: null };
}

/** Every value that QEMU 10.1 and later take for the generation, 0 left out. */
export function legalValues(generation: number): readonly number[] {
  const steps = Array.from({ length: generation < 8 ? 0x10 : 0x40 }, (_, at) => at + 1);
  return generation < 9 ? steps : [...steps, ...Array.from({ length: 0xf }, (_, at) => 0xf0 + at)];
}
