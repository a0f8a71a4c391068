import type { NodeReach } from '../host/proxmox/node-link.ts';
import { ReachSchema } from '../scenario/connection.ts';

/** How a node is reached, as a person says it: `here`, or what ssh takes. @returns null: it is neither */
export function saidReach(text: string): NodeReach | null {
  const { data } = ReachSchema.safeParse(text === 'here' ? 'here' : { ssh: text });
  return data === undefined || (data !== 'here' && 'api' in data) ? null : data;
}
