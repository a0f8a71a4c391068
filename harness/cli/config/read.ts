import { stat } from 'node:fs/promises';
import { afterPending } from '../../vmconfig/file/pending.ts';
import { type Contents, contentsOf, mainOf, sectionNamed } from '../../vmconfig/file/contents.ts';
import type { ConfigFile } from '../../vmconfig/file/config-file.ts';
import { MAX_CONFIG, readConfigFile } from '../../vmconfig/file/read-file.ts';
import { quote } from '../../vmconfig/quote.ts';
import { FileNotRead, readBoundedFile } from '../read-bounded-file.ts';
import { readStdin } from './read-stdin.ts';
import { asUsage, UsageError } from '../usage-error.ts';

/** A config that a person named, as it was read. */
export interface NamedConfig {
  /** For people: the path, or `(standard input)`. */
  readonly name: string;
  readonly text: string;
  readonly file: ConfigFile;
}

/** Reads a config file, or with `-` standard input. Throws `UsageError` where it is missing, too large or not UTF-8. */
export async function readConfig(path: string): Promise<NamedConfig> {
  const name = path === '-' ? '(standard input)' : path;
  const bytes = await asUsage(
    path === '-' ? readStdin(MAX_CONFIG) : readBoundedFile(path, MAX_CONFIG),
    FileNotRead,
  );
  const text = decode(name, bytes);
  return { name, text, file: readConfigFile(text) };
}

interface NamedContents extends NamedConfig {
  readonly contents: Contents;
  readonly ofSnapshot: boolean;
}

/**
 * Reads the two that `<file>`, `<file>@<snapshot>` or `<file>@pending` name: what is in force, what the snapshot holds,
 * or what will be in force once the VM has been stopped. A file whose own name is so is taken first. A snapshot's
 * description is about the snapshot, so it is left out beside one of a VM.
 */
export async function readPair(
  left: string,
  right: string,
): Promise<{ readonly from: NamedContents; readonly to: NamedContents }> {
  const [from, to] = [await readContents(left), await readContents(right)];
  if (from.ofSnapshot === to.ofSnapshot) return { from, to };
  const undescribed = (config: NamedContents): NamedContents => ({
    ...config,
    contents: { ...config.contents, description: null },
  });
  return { from: undescribed(from), to: undescribed(to) };
}

async function readContents(target: string): Promise<NamedContents> {
  const at = target.lastIndexOf('@');
  const whole = at < 0 || (await exists(target));
  const config = await readConfig(whole ? target : target.slice(0, at));
  if (whole) return { ...config, contents: mainOf(config.file), ofSnapshot: false };
  const section = target.slice(at + 1);
  const name = `${config.name}@${section}`;
  if (section.toLowerCase() === 'pending')
    return { ...config, name, contents: afterPending(config.file), ofSnapshot: false };
  const found = sectionNamed(config.file, section);
  if (found === null) throw noSnapshot(config, section);
  return { ...config, name, contents: contentsOf(found), ofSnapshot: true };
}

/** What to say of a snapshot that a config does not have. */
export function noSnapshot({ name, file }: NamedConfig, snapshot: string): UsageError {
  const names = file.sections.flatMap((section) => (section.kind === 'snapshot' ? [section.name] : []));
  const has = names.length === 0 ? 'none' : [...new Set(names)].slice(0, 20).join(', ');
  return new UsageError(`${name} has no snapshot ${quote(snapshot)}; it has ${has}.`);
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const good = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\ufffd', 1)[0] ?? '';
    const line = good.split('\n').length;
    throw new UsageError(
      `${name} is not UTF-8 text, first in line ${line}; convert it, for example with iconv.`,
      {
        cause: error,
      },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
