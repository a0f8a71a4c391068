import type { Observation } from '../../../trace/event.ts';
import type { Following, Machine } from '../../../wire/machine/machine.ts';

/**
 * `dmesg --raw`: priority, seconds since the host's boot, text (util-linux sys-utils/dmesg.c, raw_print). A message of
 * several lines has the prefix on its first one only.
 */
const RAW = /^<\d{1,3}>\[ *(\d{1,10}\.\d{6})\] ?(.*)$/;
const LOOK = { seconds: 20 };

/** Where the kernel's log of a node stands: seconds since its boot; -1 before the first line. */
export type KernelCursor = number;

/**
 * The log as it is now. The kernel's own ring is read, not the journal: it is on every node, and no rotation of files
 * touches it.
 *
 * @throws what `Machine.run` throws; KernelLogClosed where this user may not read it
 */
export async function readKernelLog(node: Machine): Promise<string> {
  const { stdout, stderr, code } = await node.run(['dmesg', '--raw'], LOOK);
  if (code !== 0) throw new KernelLogClosed(node.name, stderr);
  return stdout;
}

/** Where a log stands that was read. */
export function cursorOf(log: string): KernelCursor {
  for (let end = log.length; end > 0;) {
    const start = log.lastIndexOf('\n', end - 1) + 1;
    const stamp = RAW.exec(log.slice(start, end))?.[1];
    if (stamp !== undefined) return Number(stamp);
    end = start - 1;
  }
  return -1;
}

/** The kernel's log of a node may not be read. */
export class KernelLogClosed extends Error {
  override readonly name = 'KernelLogClosed';

  constructor(node: string, said: string) {
    super(
      `dmesg on ${node}: ${said.trim().slice(0, 300) || 'it printed nothing and failed'}; it needs root there`,
    );
  }
}

/**
 * Records every line that the node's kernel prints after the cursor, as it comes. The follower's `ended` tells that no
 * more will come: the host is gone, or was restarted.
 *
 * @throws what `Machine.follow` throws
 */
export async function followKernelLog(
  node: Machine,
  after: KernelCursor,
  record: (seen: Observation) => void,
): Promise<Following> {
  const take = afterCursor(after, (line) => {
    record({ ch: 'kernel', line });
  });
  return node.follow(['dmesg', '--raw', '--follow'], { onLine: take });
}

/** Hands on the texts of those lines that are younger than the cursor, without their stamps. */
export function afterCursor(after: KernelCursor, take: (text: string) => void): (line: string) => void {
  let isNew = false;
  return (line) => {
    const [, stamp, text = line] = RAW.exec(line) ?? [];
    if (stamp !== undefined) isNew = Number(stamp) > after;
    if (isNew) take(text);
  };
}
