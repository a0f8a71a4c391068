import type { Cell } from '../../scenario/cell.ts';
import { guestConfigProblems, wholeConfig } from '../../vmconfig/guest-config.ts';
import { parseVmConfig, valueOf } from '../../vmconfig/parse.ts';
import { checkPolicy } from '../../vmconfig/policy.ts';
import { type LocalMachine, type QemuCommand, toQemu } from '../../vmconfig/qemu.ts';

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
  const refused = checkPolicy(config, { igpuAddress: igpu.address, ownerArgs: linesOf(cell) });
  const problems = [...config.problems, ...refused].map(
    ({ line, message }) => `config, line ${line}: ${message}`,
  );
  if (igpu.device === undefined)
    problems.push(`host ${cell.host.id} names no igpu.device to stand in for the iGPU`);
  for (const { line, message } of guestConfigProblems(parseVmConfig(cell.guest.config ?? '')))
    problems.push(`config of guest ${cell.guest.id}, line ${line}: ${message}`);
  if (problems.length > 0) return problems;
  if (commandFor(cell, { accelerator: 'tcg', romPath: null }).agent !== null) return [];
  return [`config: agent: ${valueOf(config, 'agent') ?? ''} leaves no way to see into the guest`];
}

/**
 * The part of the command line that comes from the config and from what the guest brings. Call it only for a cell
 * without `configProblems`.
 */
export function commandFor(
  cell: Cell,
  local: Pick<LocalMachine, 'accelerator' | 'romPath' | 'paths' | 'withoutDevice'>,
): QemuCommand {
  const { igpu } = cell.host;
  const machine = {
    ...local,
    device: igpu.device ?? '',
    igpuAddress: igpu.address,
    ownerArgs: linesOf(cell),
  };
  return toQemu(wholeConfig(cell.config, cell.guest.config ?? null), machine);
}

function linesOf(cell: Cell): readonly string[] {
  return cell.ownerArgs.map(({ text }) => text);
}
