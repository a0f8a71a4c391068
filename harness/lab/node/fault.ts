import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type FaultArguments, FaultSchema, type FaultName } from '../fault-names.ts';
import { LAB } from './places.ts';

/** Seconds between two looks whether a fault is still asked for. */
const LOOK = 0.1;

/** The arguments of a fault that is asked for, for this VM or for any; null: it is not asked for. */
export function askedFault(name: FaultName, vmid: number | null = null): FaultArguments | null {
  try {
    const fault = FaultSchema.parse(JSON.parse(readFileSync(join(LAB.faults, name), 'utf8')));
    return fault.vmid === undefined || fault.vmid === vmid ? fault : null;
  } catch {
    return null;
  }
}

/** The same, for a fault that happens now: one that was asked for so many times is over after the last. */
export function takeFault(name: FaultName, vmid: number | null = null): FaultArguments | null {
  const fault = askedFault(name, vmid);
  if (fault?.times === undefined) return fault;
  const path = join(LAB.faults, name);
  if (fault.times <= 1) rmSync(path, { force: true });
  else writeWhole(path, JSON.stringify({ ...fault, times: fault.times - 1 }));
  return fault;
}

/** Hangs while the fault is asked for, and for its seconds at most. Returns whether it did. */
export async function hang(
  name: FaultName,
  vmid: number,
  over: () => boolean = () => false,
): Promise<boolean> {
  const fault = takeFault(name, vmid);
  if (fault === null) return false;
  // As a process that waits in the kernel: nothing but SIGKILL ends it.
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  const deaf = (): void => undefined;
  for (const signal of signals) process.on(signal, deaf);
  const until = performance.now() + (fault.seconds ?? 3600) * 1000;
  const asked = (): boolean => fault.times !== undefined || askedFault(name, vmid) !== null;
  while (performance.now() < until && asked() && !over()) await pause(LOOK * 1000);
  for (const signal of signals) process.off(signal, deaf);
  return true;
}

export function writeWhole(path: string, text: string): void {
  const making = `${path}.${process.pid}`;
  writeFileSync(making, text);
  renameSync(making, path);
}
