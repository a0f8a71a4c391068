import type { Machine } from '../../../wire/machine/machine.ts';
import { RUN_DIRECTORY } from '../run-directory.ts';
import { LabFailed } from './lab-failed.ts';
import { isMark, type RunMark } from './run-mark.ts';

/**
 * A clone gets its name and description last: one that was killed half-way is a number with `lock: clone` and a comment
 * of Proxmox VE's own in its config (qemu-server 9.2.6, PVE/API2/Qemu.pm, clone_vm), and nobody could tell whose it is.
 * So the number is noted on the node before it is asked for.
 */

const STEP = { seconds: 60, maxOutput: 10_000 };

/** @throws LabFailed it could not be written; what `Machine.run` throws */
export async function noteClone(node: Machine, vmid: number, mark: RunMark): Promise<void> {
  const { code, stderr } = await node.run(['tee', '--', noteOf(vmid)], { ...STEP, input: `${mark}\n` });
  if (code !== 0) throw new LabFailed(`${noteOf(vmid)} on ${node.name}: ${stderr.trim().slice(0, 300)}`);
}

/** The run that has asked for a clone of this number and has not forgotten it; null: none. @throws what `Machine.run` throws */
export async function notedClone(node: Machine, vmid: number): Promise<RunMark | null> {
  const { code, stdout } = await node.run(['cat', '--', noteOf(vmid)], STEP);
  const mark = stdout.trim();
  return code === 0 && isMark(mark) ? mark : null;
}

/** @throws LabFailed; what `Machine.run` throws */
export async function forgetClone(node: Machine, vmid: number): Promise<void> {
  const { code, stderr } = await node.run(['rm', '-f', '--', noteOf(vmid)], STEP);
  if (code !== 0) throw new LabFailed(`${noteOf(vmid)} on ${node.name}: ${stderr.trim().slice(0, 300)}`);
}

function noteOf(vmid: number): string {
  return `${RUN_DIRECTORY}/${vmid}.clone`;
}
