import { cpus, freemem, release, totalmem, uptime } from 'node:os';
import { allVms } from '../conf/store.ts';
import { NODE_NAME } from '../places.ts';
import { NOT_OBSERVED } from '../refusals.ts';
import { VERSION } from '../versions.ts';
import { listed } from '../vm/vm-status.ts';
import type { Path } from './path.ts';

const FIRST_ID = 100;

/** The node and the cluster of one; loads and times are those of the machine that it runs on. */
export const NODE_PATHS: readonly Path[] = [
  {
    pattern: '/version',
    from: ['API version over pvesh'],
    get: () => VERSION.api,
  },
  {
    pattern: '/nodes',
    from: ['node list', NOT_OBSERVED],
    get: () => [
      {
        ...{ cpu: 0, id: `node/${NODE_NAME}`, level: '', maxcpu: cpus().length, maxmem: totalmem() },
        ...{ mem: totalmem() - freemem(), node: NODE_NAME, status: 'online', type: 'node' },
        uptime: Math.floor(uptime()),
      },
    ],
  },
  {
    pattern: '/nodes/{node}/status',
    from: ['node status', NOT_OBSERVED],
    get: () => ({
      'current-kernel': { machine: 'x86_64', release: release(), sysname: 'Linux' },
      cpuinfo: { cpus: cpus().length, model: cpus()[0]?.model ?? '' },
      memory: { free: freemem(), total: totalmem(), used: totalmem() - freemem() },
      pveversion: VERSION.manager,
      uptime: Math.floor(uptime()),
    }),
  },
  {
    pattern: '/cluster/nextid',
    from: ['next free VMID'],
    get: () => {
      const taken = new Set(allVms());
      let id = FIRST_ID;
      while (taken.has(id)) id += 1;
      return String(id);
    },
  },
  {
    pattern: '/nodes/{node}/qemu',
    options: { full: 'flag' },
    from: ['VM list as JSON', 'VM list JSON has "template":1'],
    get: () => allVms().map(listed),
  },
  {
    pattern: '/nodes/{node}/lxc',
    from: [NOT_OBSERVED],
    get: () => [],
  },
];
