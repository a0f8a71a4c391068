import type { Observation } from '../../../trace/event.ts';
import type { TaskEnd } from '../vm-manager.ts';

/** What `qm` says of itself where QEMU did not come up; the rest of the log is QEMU's. */
const QM = 'qm';

/** A task's words: those that QEMU began with its own name are QEMU's, the rest are the VM manager's. */
export function recordTask(
  { ok, log, exitstatus }: TaskEnd,
  vmid: number,
  record: (seen: Observation) => void,
): void {
  record({ ch: 'exec', kind: 'spawn', program: QM, pid: 0, argv: ['start', String(vmid)] });
  const said = log.filter((line) => !line.startsWith('TASK '));
  for (const line of said) {
    record({ ch: 'exec', kind: 'stderr', program: line.startsWith('kvm: ') ? 'kvm' : QM, line });
  }
  if (ok) return;
  if (!said.includes(exitstatus)) record({ ch: 'exec', kind: 'stderr', program: QM, line: exitstatus });
  record({ ch: 'exec', kind: 'exit', program: QM, pid: 0, code: 1, signal: null });
}
