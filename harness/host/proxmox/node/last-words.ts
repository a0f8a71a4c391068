import type { Observation } from '../../../trace/event.ts';
import type { Machine } from '../../../wire/machine/machine.ts';

const LINES = 100;
const LOOK = { seconds: 60, maxOutput: 1_048_576 };

/**
 * What a boot of a node last wrote to its kernel's log, as far as the journal kept it (systemd journalctl(1), --boot).
 * A machine that lost its power has not written its last lines, and one without a persistent journal none.
 *
 * @param bootId as `bootIdOf` gave it during that boot
 * @throws what `Machine.run` throws
 */
export async function lastWords(
  node: Machine,
  bootId: string,
): Promise<Extract<Observation, { kind: 'host.crash' }>> {
  const which = [`--boot=${bootId.replaceAll('-', '')}`, '--dmesg', `--lines=${LINES}`];
  const form = ['--output=short-monotonic', '--no-pager', '--quiet'];
  const { stdout, code } = await node.run(['journalctl', ...which, ...form], LOOK);
  const lines = code === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
  return { ch: 'note', kind: 'host.crash', lines: lines.slice(-LINES).map((line) => line.slice(0, 500)) };
}
