import { RUN_DIRECTORY } from '../run-directory.ts';
import type { RunMark } from '../life/run-mark.ts';
import { ownedRunFile, ownedSlot } from '../owned.ts';
import type { FoundRom } from './node-found.ts';

/** Readers of what programs of the node print. Each takes any text; what it does not know is not there. */

export const CONFIGS = '/etc/pve/qemu-server/';

/** In: lines of all configs, each behind its path, as `grep -H` prints them. @returns texts by the VM's number */
export function readConfigs(printed: string): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  for (const line of printed.split('\n')) {
    const [, vmid = '', text = ''] = /^\/etc\/pve\/qemu-server\/([1-9]\d{2,8})\.conf:(.*)$/s.exec(line) ?? [];
    if (vmid !== '') texts.set(Number(vmid), `${texts.get(Number(vmid)) ?? ''}${text}\n`);
  }
  return texts;
}

/** In: lines of the notes of clones, each behind its path, as `grep -H` prints them. */
export function readNotes(printed: string): ReadonlyMap<number, RunMark> {
  return new Map(
    printed.split('\n').flatMap((line) => {
      const [, name = '', mark = ''] = /^\/run\/code43\/([^/:]+):([0-9a-f]{8})$/.exec(line) ?? [];
      const file = ownedRunFile(name);
      return file === null || !('clone' in file) ? [] : [[file.clone, mark] as const];
    }),
  );
}

/** In: names of plain files in the ROM directory, a line each. */
export function readRomNames(printed: string): readonly Omit<FoundRom, 'sha256'>[] {
  return printed.split('\n').flatMap((file) => {
    const slot = ownedSlot(file);
    return slot === null ? [] : [{ file, ...slot }];
  });
}

/** In: what `sha256sum` prints. @returns digests by path */
export function readDigests(printed: string): ReadonlyMap<string, string> {
  const lines = printed.split('\n').map((line) => /^([0-9a-f]{64}) [ *](\/.*)$/.exec(line));
  return new Map(lines.flatMap((found) => (found === null ? [] : [[found[2] ?? '', found[1] ?? '']])));
}

/**
 * In: names of sockets in our directory, a line each, and the kernel's table of sockets (Linux, net/unix/af_unix.c:
 * a bound one ends with its path).
 *
 * @returns VMs whose monitor's socket nobody is behind
 */
export function readDeadMonitors(names: string, table: string): readonly number[] {
  const bound = new Set(table.split('\n').map((line) => /\s(\/\S+)$/.exec(line)?.[1]));
  return names.split('\n').flatMap((name) => {
    const file = ownedRunFile(name);
    if (file === null || !('monitor' in file) || bound.has(`${RUN_DIRECTORY}/${name}`)) return [];
    return [file.monitor];
  });
}
