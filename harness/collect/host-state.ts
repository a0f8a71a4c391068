import type { Part, PartKind } from '../diagnosis/part.ts';
import { readProxmoxConfig } from '../diagnosis/readers/proxmox-config.ts';
import { readQemuCommandLine } from '../diagnosis/readers/qemu-command-line.ts';
import { igpuDevices, isVf } from '../diagnosis/subject/igpu-devices.ts';
import type { PassedDevice, VmSetup } from '../diagnosis/vm-setup.ts';
import type { CollectorId } from './collector.ts';
import type { Gathered } from './gather.ts';
import { textOf } from './gather.ts';
import { qemuVersion } from './host-facts.ts';
import { deviceOf, type SysfsDevice } from './sysfs-devices.ts';

/** What was gathered from a host, read once. Null is what is not known. */
export interface HostState {
  readonly vmid: number | null;
  readonly vm: VmSetup | null;
  /** The iGPU, or the function of it, that the VM gets. */
  readonly passed: PassedDevice | null;
  /** The VM gets a virtual function. */
  readonly vf: boolean;
  readonly igpu: SysfsDevice | null;
  readonly qemu: string | null;
  /** What a collector gathered. */
  readonly text: (id: CollectorId) => string | null;
  /** Why a collector gathered nothing. */
  readonly why: (id: CollectorId) => string;
}

export function hostState({ vmid, outcomes }: Gathered): HostState {
  const vm =
    setupFrom('proxmox-config', textOf(outcomes, 'vm-config')) ??
    setupFrom('qemu-command-line', textOf(outcomes, 'qemu-command-line'));
  const passed = vm === null ? null : (igpuDevices(vm)[0] ?? null);
  return {
    vmid,
    vm,
    passed,
    vf: passed !== null && isVf(passed),
    igpu: deviceOf(textOf(outcomes, 'devices') ?? '', functionOf(passed?.host ?? null)),
    qemu: qemuVersion(outcomes),
    text: (id) => textOf(outcomes, id),
    why: (id) => outcomes.find(({ collector }) => collector.id === id)?.missing ?? 'it was not asked for',
  };
}

/** A whole slot begins with its function 0. */
function functionOf(host: string | null): string | null {
  return host === null ? null : host.includes('.') ? host : `${host}.0`;
}

function setupFrom(kind: PartKind, text: string | null): VmSetup | null {
  if (text === null) return null;
  const lines = text.split('\n').map((line, at) => ({ n: at + 1, text: line }));
  const part: Part = { kind, input: 'host', from: 1, to: lines.length, lines, bytes: null };
  return (kind === 'proxmox-config' ? readProxmoxConfig(part) : readQemuCommandLine(part)).setup;
}

/** The lines of a text that match, trimmed: proof. */
export function linesWith(text: string | null, pattern: RegExp, most = 6): readonly string[] {
  return (text ?? '')
    .split('\n')
    .filter((line) => pattern.test(line))
    .slice(0, most)
    .map((line) => line.trim());
}
