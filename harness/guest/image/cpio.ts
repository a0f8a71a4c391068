/** A file for an initramfs; `path` has no leading slash, all its directories are added by themselves. */
export interface CpioFile {
  readonly path: string;
  /** Bytes of a regular file, or the target of a symbolic link. */
  readonly content: Uint8Array | { readonly link: string };
  readonly executable?: boolean;
}

const DIRECTORY = 0o040755;
const LINK = 0o120777;
const FILE = 0o100644;
const EXECUTABLE = 0o100755;

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly data: Uint8Array;
}

/**
 * Writes a cpio archive of the kind "newc" as Linux unpacks it (Documentation/driver-api/early-userspace/buffer-format).
 * The same files give the same bytes: sorted by path, owned by root, no times.
 */
export function cpio(files: readonly CpioFile[]): Uint8Array {
  const entries = new Map<string, Entry>();
  for (const file of files) {
    for (const path of parents(file.path))
      entries.set(path, { path, mode: DIRECTORY, data: new Uint8Array() });
    entries.set(file.path, entry(file));
  }
  const sorted = [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const trailer: Entry = { path: 'TRAILER!!!', mode: 0, data: new Uint8Array() };
  return Buffer.concat([...sorted, trailer].flatMap((each, index) => record(each, index + 1)));
}

function parents(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function entry({ path, content, executable }: CpioFile): Entry {
  if ('link' in content) return { path, mode: LINK, data: Buffer.from(content.link) };
  return { path, mode: executable === true ? EXECUTABLE : FILE, data: content };
}

function record({ path, mode, data }: Entry, inode: number): readonly Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
  return [header, name, padding(header.length + name.length), data, padding(data.length)];
}

function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
