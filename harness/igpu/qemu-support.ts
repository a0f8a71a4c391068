import type { IgpuFamily } from './families.ts';
import { qemuGeneration } from './qemu-generations.ts';
import { isBefore, qemuVersionOf } from './qemu-version.ts';

/** What one version of QEMU does with one iGPU, by itself: `qemu-support.test.ts` holds the whole table. */
export interface IgdSupport {
  /** In this QEMU's sense, which differs by version; null: it does not know the device. */
  readonly generation: number | null;
  /**
   * Legacy mode, given everything else it needs. `unknown-generation`: QEMU says that it is unsupported, and the VM goes
   * on without; `refused`: not for this generation, silently unless `x-igd-legacy-mode=on`, which then stops the VM.
   */
  readonly legacyMode: 'allowed' | 'refused' | 'unknown-generation';
  /** Outside legacy mode, which always passes the OpRegion. */
  readonly opregionDefault: 'on' | 'off';
  /** What the guest gets to see of the host's stolen memory without `x-igd-gms`; `refused`: that option stops the VM. */
  readonly gms: 'cleared' | 'kept' | 'refused';
  readonly notes: readonly string[];
}

/**
 * Source: hw/vfio/igd.c of QEMU at 03828b00a2 (9.2) and 0910a05e3c, and the patch mails of September 2024 (in 9.2),
 * December 2024 and March 2025 (in 10.0) and May 2025 (in 10.1). Of later versions nothing is known that differs.
 *
 * @param qemuVersion as QEMU, pveversion or a machine type gives it; null where it holds no version
 * @param device four hex digits, where the family alone does not decide (Apollo Lake, Amber Lake)
 */
export function igdSupport(family: IgpuFamily, qemuVersion: string, device?: string): IgdSupport | null {
  const version = qemuVersionOf(qemuVersion);
  if (version === null) return null;
  const generations = (device === undefined ? family.devices.split(' ') : [device.toLowerCase()]).map((id) =>
    qemuGeneration(id, version),
  );
  const generation = commonest(generations);
  const old = isBefore(version, [9, 2]);
  const before101 = isBefore(version, [10, 1]);
  const notes: string[] = [];
  if (new Set(generations).size > 1) notes.push('differs between the PCI ids of the family');
  if (old && (family.generation ?? 12) >= 11) {
    notes.push('sets the stolen memory up as for generation 8: generation 11 and later keep it elsewhere');
  }
  if (generation === null) {
    notes.push(
      before101
        ? 'unknown to this QEMU: no stolen memory, no legacy mode'
        : 'unknown to this QEMU: it starts, without stolen memory; do not set x-igd-gms',
    );
  } else if (!before101 && generation >= 11) {
    notes.push(
      'never in legacy mode: the LPC and host bridge ids, for a GOP picture, need x-igd-lpc=on and i440fx',
    );
  }
  return {
    generation,
    legacyMode: legacyMode(generation, before101),
    opregionDefault: before101 ? 'off' : 'on',
    gms: old ? 'cleared' : generation === null && !before101 ? 'refused' : 'kept',
    notes,
  };
}

function legacyMode(generation: number | null, before101: boolean): IgdSupport['legacyMode'] {
  if (before101) return generation === null ? 'unknown-generation' : 'allowed';
  return generation !== null && generation <= 9 ? 'allowed' : 'refused';
}

function commonest(values: readonly (number | null)[]): number | null {
  const count = (value: number | null): number => values.filter((other) => other === value).length;
  return values.toSorted((a, b) => count(b) - count(a))[0] ?? null;
}
