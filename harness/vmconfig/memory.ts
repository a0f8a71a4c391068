import { isSet } from './machine.ts';
import { splitKey } from './keys.ts';
import { valueOf, type VmConfig } from './parse.ts';
import type { Part } from './part.ts';
import { propertyMap } from './property-string.ts';

/**
 * Processors, memory and NUMA nodes. Memory is in MiB; Proxmox gives 512 where the config says nothing.
 * Source: qemu-server PVE/QemuServer.pm, config_to_command; PVE/QemuServer/Memory.pm, config.
 */
export function memory(config: VmConfig): Part {
  const cores = Number(valueOf(config, 'cores') ?? '1');
  const sockets = Number(valueOf(config, 'sockets') ?? '1');
  const cpus = cores * sockets;
  const size = Number(propertyMap(valueOf(config, 'memory'), 'current').get('current') ?? '512');
  const argv = ['-smp', `${cpus},sockets=${sockets},cores=${cores},maxcpus=${cpus}`, '-m', String(size)];
  const named = config.entries.filter(({ key }) => splitKey(key).family === 'numa' && key !== 'numa');
  if (!isSet(config, 'numa')) return { argv, notHonoured: named.map(({ key }) => `${key} (numa is off)`) };
  const nodes = named.map(({ key, value }) => readNode(key, value));
  const even = Array.from({ length: sockets }, (_, node) => {
    const first = cores * node;
    const range = cores > 1 ? `${first}-${first + cores - 1}` : String(first);
    return nodeArguments(node, range, size / sockets);
  });
  const topology = nodes.flatMap(({ argv: words }) => words);
  return {
    argv: [...argv, ...(topology.length > 0 ? topology : even.flat())],
    notHonoured: nodes.flatMap(({ notHonoured }) => notHonoured),
  };
}

function readNode(key: string, value: string): { argv: string[]; notHonoured: string[] } {
  const given = propertyMap(value, '');
  const [cpus, size] = [given.get('cpus'), given.get('memory')];
  // Proxmox starts no VM with such a node.
  if (cpus === undefined || size === undefined)
    return { argv: [], notHonoured: [`${key} (without cpus or memory)`] };
  const host = ['hostnodes', 'policy'].filter((name) => given.has(name)).map((name) => `${key}.${name}`);
  return { argv: nodeArguments(splitKey(key).index ?? 0, cpus, Number(size)), notHonoured: host };
}

function nodeArguments(node: number, cpus: string, size: number): string[] {
  return [
    ...['-object', `memory-backend-ram,id=ram-node${node},size=${size}M`],
    ...['-numa', `node,nodeid=${node},cpus=${cpus.replaceAll(';', ',cpus=')},memdev=ram-node${node}`],
  ];
}
