import { chmod } from 'node:fs/promises';
import { fileAddress, xorriso } from './xorriso.ts';

/** A file or a folder of this machine, and where it goes on the ISO. */
export interface IsoEntry {
  readonly from: string;
  /** Absolute, with `/`. */
  readonly to: string;
}

/** What Windows shows as the drive's name. */
export const LABEL = 'CODE43_WIN11';
/** Seconds to write some gigabytes on a slow disk. */
const WRITE = 900;

/**
 * Writes an ISO with Joliet names, which Windows reads, for its owner alone to see: the answer file holds a password.
 *
 * @param path must not exist yet
 * @throws TemplateRefused xorriso is not installed; CommandFailed
 */
export async function writeIso(
  path: string,
  entries: readonly IsoEntry[],
  signal: AbortSignal,
): Promise<void> {
  const maps = entries.flatMap(({ from, to }) => ['-map', from, to]);
  await xorriso(['-outdev', fileAddress(path), '-volid', LABEL, '-joliet', 'on', ...maps, '-commit'], {
    timeout: WRITE,
    signal,
  });
  await chmod(path, 0o600);
}
