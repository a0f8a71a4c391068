import type { Limit } from '../../../wire/deadline.ts';
import type { Machine } from '../../../wire/machine/machine.ts';

/** Names one boot of a machine (Linux Documentation/admin-guide/sysctl/kernel.rst, random); null: it does not say. */
export async function bootIdOf(node: Machine, limit: Limit = { seconds: 20 }): Promise<string | null> {
  const { stdout } = await node.run(['cat', '--', '/proc/sys/kernel/random/boot_id'], limit);
  return /^[0-9a-f-]{36}$/.exec(stdout.trim())?.[0] ?? null;
}
