import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, type DisplayDriver } from './display-driver.ts';
import { guestFiles } from './guest-files.ts';
import type { IsoEntry } from './iso/write-iso.ts';
import { extractVirtio } from './virtio-medium.ts';

/** Files of virtio-win that went in: the ISO's name, and SHA-256 of each by its path below `code43/`. */
export interface PinnedVirtio {
  readonly label: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Lays out what goes on the ISO: the answer file at its root, where set-up looks for it, and `code43/` with drivers,
 * agent and scripts. The display driver may have a gigabyte; it goes on from where it is.
 *
 * @param folder does not exist yet
 * @throws TemplateRefused the ISO of virtio-win cannot be used; CommandFailed; errors of the file system
 */
export async function stageTemplate(
  folder: string,
  {
    virtio,
    answers,
    driver,
    signal,
  }: {
    /** The ISO. */
    readonly virtio: string;
    /** The text of `autounattend.xml`. */
    readonly answers: string;
    readonly driver: DisplayDriver | null;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly virtio: PinnedVirtio; readonly entries: readonly IsoEntry[] }> {
  const ours = join(folder, 'code43');
  const { label, files } = await extractVirtio(virtio, ours, signal);
  const pinned: (readonly [string, string])[] = [];
  for (const file of files) {
    // xorriso gives files the mode that they have on the ISO, which may be one that nobody can read.
    await chmod(join(ours, file), 0o644);
    pinned.push([file, await digestOf(join(ours, file))]);
  }
  await writeFile(join(folder, 'autounattend.xml'), answers, { mode: 0o600 });
  for (const [name, text] of Object.entries(guestFiles(driver))) await writeFile(join(ours, name), text);
  const all = { from: folder, to: '/' };
  return {
    virtio: { label, files: Object.fromEntries(pinned) },
    entries:
      driver === null ? [all] : [all, { from: driver.path, to: `/code43/driver/display.${driver.kind}` }],
  };
}
