import { existsSync } from 'node:fs';
import type { NodeReach } from '../../host/proxmox/node-link.ts';
import type { Owners } from '../../scenario/owner.ts';
import { printable } from '../../text/printable.ts';
import { saidReach } from '../said-reach.ts';
import { UsageError } from '../usage-error.ts';
import type { Asker } from './asker.ts';

/** Where Proxmox VE keeps its configuration: no other machine has it. */
const PVE = '/etc/pve/local';

/**
 * How the node is reached: as it is said, as the owner's file has it for that name, or here where this is a node.
 *
 * @throws UsageError nobody says, or what is said is no way to look at a node
 */
export async function nodeReach(
  said: { readonly host?: string; readonly name?: string },
  owners: Owners,
  asker: Asker | null,
): Promise<NodeReach> {
  if (said.host !== undefined) return readReach(said.host);
  const known = said.name === undefined ? null : (owners.get(said.name)?.connection?.reach ?? null);
  if (known !== null && typeof known === 'object' && 'api' in known)
    throw new UsageError(
      `your hosts.yaml reaches ${said.name ?? ''} by its API, which shows no iGPU: --host says how to reach it by ssh, once`,
    );
  if (known !== null) return known;
  if (existsSync(PVE)) return 'here';
  if (asker === null)
    throw new UsageError(
      'this machine is no node of Proxmox VE: say where it is with --host root@pve, as ssh takes it',
    );
  return asker.ask('Where is the node of Proxmox VE, as ssh takes it (such as root@pve)', null, readReach);
}

function readReach(text: string): NodeReach {
  const reach = saidReach(text);
  if (reach !== null) return reach;
  throw new UsageError(
    `--host ${printable(JSON.stringify(text), 80)}: expected here, or a name that ssh takes, such as root@pve; ports and keys stand in your ssh_config`,
  );
}
