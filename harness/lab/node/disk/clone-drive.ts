import { copyImage } from './copy.ts';
import { type Drive, withVolume } from './drives-of.ts';
import { newVolume, qemuImg, sizeOf } from './image.ts';
import { type Volume, volumeOf } from './volume.ts';

export interface How {
  /** It grows on the template's disk. */
  readonly linked: boolean;
  readonly snapshot: string | null;
  /** The VM that it is for. */
  readonly vmid: number;
  /** Gets every volume before it is made, for who has to take it back. */
  readonly made: Volume[];
}

/** Clones one disk. Returns its value in the new config. @throws ImageFailed */
export async function cloneDrive(
  { key, value, volume }: Drive,
  { linked, snapshot, vmid, made }: How,
  say: (text: string) => void,
): Promise<string> {
  const kind = linked ? 'linked' : 'full';
  say(`create ${kind} clone of drive ${key} (${volume.id})\n`);
  const fresh = newVolume(vmid);
  made.push(fresh);
  if (!linked) {
    await copyImage(volume, fresh, snapshot, vmid, say);
    return withVolume(value, fresh);
  }
  const base = volume.id.slice(volume.id.indexOf(':') + 1);
  const backing = `../${base}`;
  say(`clone ${base}: images, ${fresh.name}, ${vmid} to ${fresh.name} (base=${backing})\n`);
  const options = `extended_l2=on,preallocation=metadata,cluster_size=128k`;
  const size = String(await sizeOf(volume));
  say(await qemuImg('create', '-b', backing, '-F', 'qcow2', '-f', 'qcow2', '-o', options, fresh.path, size));
  return withVolume(value, volumeOf(`${volume.id}/${vmid}/${fresh.name}`));
}
