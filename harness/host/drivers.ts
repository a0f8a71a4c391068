import type { HostFile } from '../scenario/cell.ts';
import type { Connection } from '../scenario/connection.ts';
import type { Platform } from '../trace/words.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import type { Host } from './host.ts';

export interface HostOptions {
  /** How hosts are reached from here, by their names. */
  readonly connections: ReadonlyMap<string, Connection>;
  /** Seconds to wait for a device that another run has. Default 0. */
  readonly wait?: number;
  /** Where built guests and ROMs are kept; the user's cache by default. */
  readonly cacheDir?: string;
  readonly env?: NodeJS.ProcessEnv;
}

type Driver = (host: HostFile, options: Required<HostOptions>) => Promise<Host | null>;

/** Every driver, loaded only when a cell needs it. It gives null where nothing says how to reach the host. */
const DRIVERS: Readonly<Record<Platform, Driver>> = {
  qemu: async (_, options) => new (await import('./qemu/host.ts')).QemuHost(options),
  proxmox: async ({ id }, options) => {
    const connection = options.connections.get(id);
    return connection === undefined
      ? null
      : (await import('./proxmox/open.ts')).openProxmox(connection, options);
  },
};

/** Whether cells on one host of this platform have to wait for each other: there is one iGPU. */
export const ONE_AT_A_TIME: Readonly<Record<Platform, boolean>> = { qemu: false, proxmox: true };

/** Opens the driver for a host's platform; null if nothing here says how to reach this host. Nothing is connected yet. */
export async function openHost(host: HostFile, options: HostOptions): Promise<Host | null> {
  const { env = process.env, wait = 0 } = options;
  return DRIVERS[host.platform](host, {
    ...options,
    ...{ env, wait, cacheDir: options.cacheDir ?? cacheDir(env) },
  });
}

/** What to do where `openHost` knows no way to a host. */
export function noWayTo({ id }: HostFile): string {
  return `nothing here says how to reach the host ${id}: \`code43 init\` asks and writes it down`;
}
