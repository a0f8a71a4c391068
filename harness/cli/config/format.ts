import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printable } from '../../text/printable.ts';
import { canonicalConfig } from '../../vmconfig/file/canonical.ts';
import { lossesOf } from '../../vmconfig/file/losses.ts';
import { printFile } from '../output.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { renderConfigProblems } from './problems.ts';
import type { NamedConfig } from './read.ts';
import { FileNotReplaced, replaceFile } from './replace-file.ts';

/** Whether a config is written as Proxmox writes it; if not, stderr says why. */
export function checkFormat(config: NamedConfig): boolean {
  const lost = lossesOf(config.file);
  const same = lost.length === 0 && canonicalConfig(config.file) === config.text;
  const verdict = `${printable(config.name)} is not as Proxmox writes it; code43 config fmt shows how that is`;
  if (!same) warn([...renderConfigProblems(lost, config), '', verdict]);
  return same;
}

/**
 * Prints a config as Proxmox writes it, or replaces its file. Lines that Proxmox would drop are named on stderr.
 * Throws `UsageError` where there are some and `drop` does not allow it, or where the file changed meanwhile.
 */
export async function formatConfig(
  path: string,
  config: NamedConfig,
  options: { readonly write?: true; readonly drop?: true },
): Promise<void> {
  const lost = lossesOf(config.file);
  if (lost.length > 0) warn(renderConfigProblems(lost, config));
  if (lost.length > 0 && !options.drop) {
    const lines = lost.length === 1 ? 'the line above' : `these ${lost.length} lines`;
    throw new UsageError(`${config.name}: ${lines} would be lost; --drop leaves them out.`);
  }
  const text = canonicalConfig(config.file);
  if (!options.write) printFile(text);
  else if (text !== config.text) await asUsage(replaceFile(path, config.text, text), FileNotReplaced);
}

/** Throws `UsageError` for what is never written: standard input, and files that belong to Proxmox. */
export async function refuseToWrite(path: string): Promise<void> {
  if (path === '-') throw new UsageError('standard input cannot be written: leave out --write.');
  const places = [resolve(path), await realpath(path).catch(() => '')];
  if (!places.some((place) => /^\/etc\/pve(?:\/|$)/.test(place))) return;
  throw new UsageError(
    `${path} is not written: Proxmox itself writes below /etc/pve, under a lock that code43 does not hold. ` +
      'Change a VM there with qm set.',
  );
}

function warn(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n').trimStart()}\n`);
}
