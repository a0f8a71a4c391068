import { diskBytes } from '../../../vmconfig/volume.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { DRIVE_KEY } from '../conf/keys.ts';
import { loadConf } from '../conf/store.ts';
import { statusOf } from './monitor.ts';
import { pidOf, uptimeOf } from './running.ts';

const MEBIBYTE = 1024 * 1024;

type Facts = Record<string, unknown>;

/** What lists of VMs say of one; numbers that nobody measures here are 0. */
export function listed(vmid: number): Facts {
  const { entries } = loadConf(vmid).main;
  const pid = pidOf(vmid);
  const memory = Number(propertyMap(entries.get('memory') ?? null, 'current').get('current') ?? '512');
  const tags = entries.get('tags');
  return {
    ...{ cpu: 0, cpus: Number(entries.get('cores') ?? 1) * Number(entries.get('sockets') ?? 1), disk: 0 },
    ...{ maxdisk: bootDiskBytes(entries), maxmem: memory * MEBIBYTE, mem: 0, memhost: 0 },
    ...{ name: entries.get('name') ?? `VM ${vmid}`, netin: 0, netout: 0 },
    ...(pid === null ? {} : { pid, ...PRESSURE }),
    ...(entries.has('serial0') ? { serial: 1 } : {}),
    status: pid === null ? 'stopped' : 'running',
    ...(tags === undefined ? {} : { tags }),
    ...(entries.get('template') === '1' ? { template: 1 } : {}),
    ...{ uptime: pid === null ? 0 : uptimeOf(pid), vmid },
  };
}

const PRESSURE = {
  ...{ pressurecpufull: 0, pressurecpusome: 0, pressureiofull: 0, pressureiosome: 0 },
  ...{ pressurememoryfull: 0, pressurememorysome: 0 },
};

/** The same with what only QEMU itself can say. */
export async function current(vmid: number): Promise<Facts> {
  const facts = listed(vmid);
  if (facts['pid'] === undefined) return { ...facts, qmpstatus: 'stopped' };
  const cards = [...loadConf(vmid).main.entries.keys()].filter((key) => /^net\d+$/.test(key));
  const nics = cards.map((key) => [`tap${vmid}i${key.slice(3)}`, { netin: 0, netout: 0 }] as const);
  const qmpstatus = await statusOf(vmid);
  return { ...facts, ...(nics.length === 0 ? {} : { nics: Object.fromEntries(nics) }), qmpstatus };
}

/** Of the first disk that the VM is to boot from; 0 where its config does not say which. */
function bootDiskBytes(entries: ReadonlyMap<string, string>): number {
  const order = propertyMap(entries.get('boot') ?? null, 'legacy').get('order') ?? '';
  const value = order
    .split(';')
    .filter((key) => DRIVE_KEY.test(key))
    .map((key) => entries.get(key))
    .find((each) => each !== undefined && !/\bmedia=cdrom\b/.test(each));
  return value === undefined ? 0 : (diskBytes(value) ?? 0);
}
