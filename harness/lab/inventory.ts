import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Lab } from './lab.ts';

/** All of a node that a run could change, to be compared before and after. */
export interface Inventory {
  /** The text of each VM's config, by its number. */
  readonly configs: Readonly<Record<string, string>>;
  /** Names of the snapshots in each disk image, by its path below the storage's images. */
  readonly images: Readonly<Record<string, readonly string[]>>;
  /** SHA-256 of each file in the ROM directory. */
  readonly roms: Readonly<Record<string, string>>;
  /** Files below /run/code43. */
  readonly leases: readonly string[];
  /** VMs that have a QEMU. */
  readonly running: readonly string[];
  /** The driver that has the iGPU; null: none. */
  readonly driver: string | null;
}

export async function inventory(lab: Pick<Lab, 'root' | 'run'>): Promise<Inventory> {
  const at = (path: string): string => join(lab.root, path);
  const configs = filesIn(at('etc/pve/nodes/pve/qemu-server'));
  const roms = filesIn(at('usr/share/kvm'));
  const images = filesIn(at('var/lib/vz/images')).map(async (name) => {
    const image = ['qemu-img', 'info', '-U', '--output=json', join('/var/lib/vz/images', name)];
    return [name, snapshotNames((await lab.run(image)).stdout)] as const;
  });
  return {
    configs: Object.fromEntries(
      configs.map((name) => [name, text(at('etc/pve/nodes/pve/qemu-server'), name)]),
    ),
    images: Object.fromEntries(await Promise.all(images)),
    roms: Object.fromEntries(roms.map((name) => [name, sha256(join(at('usr/share/kvm'), name))])),
    leases: filesIn(at('run/code43')),
    running: filesIn(at('run/qemu-server')).filter((name) => name.endsWith('.pid')),
    driver: driverOf(at('sys/devices/pci0000:00/0000:00:02.0/driver')),
  };
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function text(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Of what is no image, which a clone that was cut off may leave, there are none. */
function snapshotNames(info: string): readonly string[] {
  return [...info.matchAll(/"name": "([^"]+)"/g)].map(([, name = '']) => name);
}

function driverOf(link: string): string | null {
  try {
    return basename(readlinkSync(link));
  } catch {
    return null;
  }
}
