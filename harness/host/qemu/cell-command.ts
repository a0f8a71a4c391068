import type { Cell } from '../../scenario/cell.ts';
import { parseVmConfig, valueOf } from '../../vmconfig/parse.ts';
import { checkPolicy } from '../../vmconfig/policy.ts';
import { type QemuCommand, toQemu } from '../../vmconfig/qemu.ts';

/** A cell was to run that this host had said it cannot run. */
export class UnfitCell extends Error {
  override readonly name = 'UnfitCell';

  constructor(cell: string, reasons: readonly string[]) {
    super(`${cell} cannot run on this machine: ${reasons.join('; ')}`);
  }
}

/** What of a cell's config must not, or cannot, run on a local QEMU; checked again here whoever asks. */
export function configProblems(cell: Cell): string[] {
  const { igpu } = cell.host;
  const config = parseVmConfig(cell.config);
  const refused = checkPolicy(config, { igpuAddress: igpu.address, ownerArgs: [] });
  const problems = [...config.problems, ...refused].map(
    ({ line, message }) => `config, line ${line}: ${message}`,
  );
  if (igpu.device === undefined)
    problems.push(`host ${cell.host.id} names no igpu.device to stand in for the iGPU`);
  if (problems.length > 0) return problems;
  const agent = valueOf(config, 'agent');
  // A config that says nothing of the agent leaves it to the guest, and the guests built here have it.
  if (agent === null || commandFor(cell, 'tcg', null).agent === 'virtio') return [];
  return [`config: agent: ${agent} leaves no way to see into the guest, which talks over virtio only`];
}

/** The part of the command line that comes from the config. Call it only for a cell without `configProblems`. */
export function commandFor(cell: Cell, accelerator: 'kvm' | 'tcg', romPath: string | null): QemuCommand {
  const { igpu } = cell.host;
  const local = { device: igpu.device ?? '', igpuAddress: igpu.address, accelerator, romPath };
  return toQemu(parseVmConfig(cell.config), local);
}
