import type { Machine } from '../../../wire/machine/machine.ts';

const ASK = { seconds: 20 };

/**
 * The node's own time, in seconds since 1970. Null: its `date` has no nanoseconds.
 *
 * @throws what `Machine.run` throws
 */
export async function nodeTime(node: Machine): Promise<number | null> {
  const { stdout } = await node.run(['date', '+%s.%N'], ASK);
  return /^\d{9,11}\.\d{9}\n$/.test(stdout) ? Number(stdout) : null;
}
