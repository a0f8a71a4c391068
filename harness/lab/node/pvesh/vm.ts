import { propertyMap } from '../../../vmconfig/property-string.ts';
import { jsonValue } from '../conf/keys.ts';
import { loadConf } from '../conf/store.ts';
import { NOT_OBSERVED } from '../refusals.ts';
import { asked as askedSection } from '../qm/config.ts';
import { pidOf } from '../vm/running.ts';
import { current } from '../vm/vm-status.ts';
import type { Path } from './path.ts';

const VM = '/nodes/{node}/qemu/{vmid}';

export const VM_PATHS: readonly Path[] = [
  {
    pattern: `${VM}/config`,
    options: { current: 'flag', snapshot: 'string' },
    from: [
      'config as JSON (has digest)',
      'config with description as JSON',
      'config --current 1 as JSON',
      'config JSON of a snapshot',
      'pvesh get of a missing VM',
    ],
    get: ({ at, options }) => {
      const vmid = Number(at['vmid']);
      const { description, entries } = askedSection(vmid, options);
      const values = [...entries].map(([key, value]) => [key, jsonValue(key, value)] as const);
      const { digest } = loadConf(vmid);
      return { ...Object.fromEntries(values), ...(description === null ? {} : { description }), digest };
    },
  },
  {
    pattern: `${VM}/status/current`,
    from: [
      'status/current as JSON, stopped',
      'status/current as JSON, running',
      'status/current as JSON, paused',
      'status JSON has "lock"',
    ],
    get: async ({ at }) => {
      const vmid = Number(at['vmid']);
      const facts = await current(vmid);
      const { entries } = loadConf(vmid).main;
      const agent = /^(?:1|yes|on|true)$/.test(
        propertyMap(entries.get('agent') ?? null, 'enabled').get('enabled') ?? '',
      );
      const lock = entries.get('lock');
      return { ...facts, ...(agent ? { agent: 1 } : {}), clipboard: null, ha: { managed: 0 }, lock };
    },
  },
  {
    pattern: `${VM}/snapshot`,
    from: ['snapshot list as JSON', NOT_OBSERVED],
    get: ({ at }) => {
      const vmid = Number(at['vmid']);
      const conf = loadConf(vmid);
      const taken = [...conf.snapshots].map(([name, { description, entries }]) => ({
        name,
        description: description ?? '',
        parent: entries.get('parent'),
        snapstate: entries.get('snapstate'),
        snaptime: Number(entries.get('snaptime') ?? 0),
        vmstate: entries.has('vmstate') ? 1 : 0,
      }));
      const here = {
        ...{ name: 'current', description: 'You are here!', digest: conf.digest },
        ...{ parent: conf.main.entries.get('parent'), running: pidOf(vmid) === null ? 0 : 1 },
        snapstate: conf.main.entries.get('snapstate'),
      };
      return [...taken, here];
    },
  },
];
