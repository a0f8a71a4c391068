import { readFile } from 'node:fs/promises';
import { release } from 'node:os';

/** What `/proc/cpuinfo` says of this machine. */
export interface CpuFacts {
  /** Null where it does not say. */
  readonly model: string | null;
  /** Whether a hypervisor runs this machine (the CPU flag `hypervisor`); null where it does not say. */
  readonly virtual: boolean | null;
}

/** In: the text of `/proc/cpuinfo` on x86 (Linux arch/x86/kernel/cpu/proc.c). */
export function readCpuInfo(text: string): CpuFacts {
  const flags = /^flags\s*:(.*)$/m.exec(text)?.[1];
  return {
    model: /^model name\s*:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? null,
    virtual: flags === undefined ? null : flags.split(/\s+/).includes('hypervisor'),
  };
}

/** Publishable facts of the machine this runs on. */
export async function hostFacts(): Promise<CpuFacts & { readonly kernel: string }> {
  const cpuinfo = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return { ...readCpuInfo(cpuinfo), kernel: release() };
}
