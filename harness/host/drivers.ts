import type { HostFile } from '../scenario/cell.ts';
import type { Platform } from '../trace/words.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import type { Host } from './host.ts';

export interface HostOptions {
  /** Where built guests and ROMs are kept; the user's cache by default. */
  readonly cacheDir?: string;
  readonly env?: NodeJS.ProcessEnv;
}

type Driver = (host: HostFile, options: Required<HostOptions>) => Promise<Host | null>;

/** Every driver, loaded only when a cell needs it. Null: a platform without one yet. */
const DRIVERS: Readonly<Record<Platform, Driver | null>> = {
  qemu: async (_, options) => new (await import('./qemu/host.ts')).QemuHost(options),
  proxmox: null,
};

/** Opens the driver for a host's platform; null if this host is not one that can be reached from here. */
export async function openHost(host: HostFile, options: HostOptions = {}): Promise<Host | null> {
  const env = options.env ?? process.env;
  const driver = DRIVERS[host.platform];
  return driver === null ? null : driver(host, { env, cacheDir: options.cacheDir ?? cacheDir(env) });
}
