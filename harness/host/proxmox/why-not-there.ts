import type { Cell } from '../../scenario/cell.ts';
import type { Connection, GuestSource } from '../../scenario/connection.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import { RomUnavailable } from '../rom-file.ts';
import { wantedConfig, type Placed } from './life/wanted-config.ts';
import { rootOnly } from './rights.ts';

const ASK = { seconds: 60 };

/** Where a cell's VM comes from; null: the owner's file does not say. */
export function sourceOf({ guests }: Connection, { guest }: Cell): GuestSource | null {
  return Object.hasOwn(guests, guest.id) ? (guests[guest.id] ?? null) : null;
}

/**
 * Why a cell cannot run on a node, each a sentence; empty: it can. Looks, and changes nothing.
 *
 * @param rom asked for: what stands in the way of its ROM is one of the reasons
 * @throws what `Machine.run` throws
 */
export async function whyNotThere(
  cell: Cell,
  connection: Connection,
  { node, rom, placed }: { node: Machine; rom: () => Promise<unknown>; placed: Placed },
): Promise<readonly string[]> {
  const { host, guest, fault } = cell;
  const why = [
    ...(sourceOf(connection, cell) === null
      ? [
          `hosts.yaml does not say which VM is the guest ${guest.id} on ${host.id}: add \`guests: { ${guest.id}: { template: <vmid> } }\` to it`,
        ]
      : []),
    ...(await whyNoRom(rom)),
    ...(fault === null ? [] : ['its fault is one of the stand-in guest, which only a local QEMU boots']),
  ];
  const { reach } = connection;
  return [
    ...why,
    ...(reach !== 'here' && 'api' in reach ? needsOfApi(cell, placed) : await whyNotRoot(node)),
  ];
}

/** Nothing is run over the API, not even from a template that root prepared with all these keys. */
function needsOfApi({ config }: Cell, placed: Placed): readonly string[] {
  const wanted = Object.fromEntries(wantedConfig(config, placed));
  const keys = rootOnly({ set: wanted }, new Map()).map(({ key, why }) => `${key} (${why})`);
  return [
    `\`reach\` is the API, where no token may set ${keys.join(', ')}: that needs root on the node`,
    'the API gives no kernel log and no monitor of QEMU, and takes no ROM and no lease, so nothing is run over it: use `reach: here` or { ssh: root@… }',
  ];
}

async function whyNotRoot(node: Machine): Promise<readonly string[]> {
  const { stdout } = await node.run(['id', '-u'], ASK);
  if (stdout.trim() === '0') return [];
  return [`${node.name} is not root there, and qm, args and romfile need root: use { ssh: root@… }`];
}

async function whyNoRom(rom: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await rom();
    return [];
  } catch (error) {
    if (error instanceof RomUnavailable) return [error.message];
    throw error;
  }
}
