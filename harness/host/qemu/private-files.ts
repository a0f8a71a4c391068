import { closeSync, constants, ftruncateSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirmware } from './firmware-files.ts';
import type { PrivateFile } from '../../vmconfig/part.ts';

/** Linux's own flag, which Node does not name (open(2)): a file that has no name from its beginning. */
const O_TMPFILE = 0o20200000;

/**
 * The files of one VM for one run. None has a name in any directory, so nothing can be left behind, whoever is killed:
 * QEMU opens them through this process, as `/proc/<pid>/fd/<n>`, and they end with it.
 */
export class PrivateFiles implements Disposable {
  /** By id, for QEMU. */
  readonly paths: ReadonlyMap<string, string>;
  readonly #open = new Map<string, { readonly fd: number; readonly file: PrivateFile }>();

  /** @throws {Error} the temporary directory takes no more files, or a template of the firmware is not there */
  constructor(files: readonly PrivateFile[]) {
    const paths = new Map(firmwarePaths(files));
    this.paths = paths;
    for (const file of files.filter(({ kind }) => kind !== 'firmware')) {
      const fd = openNameless();
      this.#open.set(file.id, { fd, file });
      fill(fd, file);
      paths.set(file.id, pathOf(fd));
    }
  }

  /** What is not kept from one start to the next begins anew. */
  beforeStart(): void {
    for (const { fd, file } of this.#open.values()) if (file.kind === 'vars' && !file.kept) fill(fd, file);
  }

  [Symbol.dispose](): void {
    for (const { fd } of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }
}

/** Where the firmware's code is, by id: nobody writes to it, so all VMs share it. */
export function firmwarePaths(files: readonly PrivateFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ id, ...file }) =>
      file.kind === 'firmware' ? [[id, findFirmware(file.name) ?? file.name]] : [],
    ),
  );
}

/** A file without a name that this process has open, by a path that its children can open. */
export function pathOf(fd: number): string {
  return `/proc/${process.pid}/fd/${fd}`;
}

export function openNameless(): number {
  try {
    return openSync(tmpdir(), O_TMPFILE | constants.O_RDWR, 0o600);
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      /^(?:EOPNOTSUPP|ENOTSUP|EISDIR)$/.test(String(error.code))
    ))
      throw error;
    // A file system without such files: this one has a name for no longer than two system calls.
    const path = join(tmpdir(), `code43-${randomUUID()}`);
    const fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return fd;
  }
}

function fill(fd: number, file: PrivateFile): void {
  if (file.kind === 'disk') ftruncateSync(fd, file.bytes);
  if (file.kind !== 'vars') return;
  const template = readFileSync(findFirmware(file.name) ?? file.name);
  ftruncateSync(fd, 0);
  writeSync(fd, template, 0, template.length, 0);
}
