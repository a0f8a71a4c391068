import { hostname, userInfo } from 'node:os';
import type { Connection, Reach } from '../../scenario/connection.ts';
import type { Host } from '../host.ts';
import { ProxmoxHost, type ProxmoxHostOptions } from './host.ts';
import { NodeLink, openNode } from './node-link.ts';

/** The driver for a node as its owner's file says how to reach it. Nothing is connected before something is asked. */
export function openProxmox(
  connection: Connection,
  options: Pick<ProxmoxHostOptions, 'cacheDir' | 'wait' | 'patience'>,
): Host {
  const node = new NodeLink(nameOf(connection.reach), () => openNode(connection.reach));
  return new ProxmoxHost({ ...options, connection, node, owner: `${userInfo().username}@${hostname()}` });
}

function nameOf(reach: Reach): string {
  if (reach === 'here') return 'this machine';
  return 'ssh' in reach ? reach.ssh : reach.api;
}
