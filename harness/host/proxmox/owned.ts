import { isClone, isSnapshot, markOf, type RunMark } from './life/run-mark.ts';

/**
 * Readers of what runs leave on a node, for whoever takes it away: each knows exactly what is written for a run, and
 * is null for anything else, however like it looks.
 */

const SLOT = /^code43-([0-9a-f]{8})-([0-9a-f]{12})\.rom$/;
const HALF_SLOT = /^\.(code43-[0-9a-f]{8}-[0-9a-f]{12}\.rom)\.partial$/;
const LEASE = /^([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\.lease$/;
const MONITOR = /^([1-9]\d{2,8})\.qmp$/;
const NOTE = /^([1-9]\d{2,8})\.clone$/;

/** @returns the run that made a VM */
export function ownedClone({
  name,
  description,
}: {
  readonly name: string;
  readonly description: string;
}): RunMark | null {
  return isClone(name, description) ? markOf(description) : null;
}

/** @returns the run that took a snapshot */
export function ownedSnapshot({
  name,
  description,
}: {
  readonly name: string;
  readonly description: string;
}): RunMark | null {
  return isSnapshot(name, description) ? markOf(description) : null;
}

/** A file of the ROM directory that a run has put there. */
export interface OwnedSlot {
  readonly run: RunMark;
  /** The first digits of the ROM's SHA-256. */
  readonly digits: string;
  /** Else it is still being written, or its writer was killed. */
  readonly whole: boolean;
}

/** @returns which ROM of which run a file of the ROM directory is */
export function ownedSlot(fileName: string): OwnedSlot | null {
  const half = HALF_SLOT.exec(fileName)?.[1];
  const [, run, digits = ''] = SLOT.exec(half ?? fileName) ?? [];
  return run === undefined ? null : { run, digits, whole: half === undefined };
}

/** @returns what a file below `/run/code43` is: the lease of a device, the monitor of a VM, or the note of a clone */
export function ownedRunFile(
  fileName: string,
): { readonly lease: string } | { readonly monitor: number } | { readonly clone: number } | null {
  const [, address] = LEASE.exec(fileName) ?? [];
  if (address !== undefined) return { lease: address };
  const [, vmid] = MONITOR.exec(fileName) ?? [];
  if (vmid !== undefined) return { monitor: Number(vmid) };
  const [, noted] = NOTE.exec(fileName) ?? [];
  return noted === undefined ? null : { clone: Number(noted) };
}
