import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { Command } from 'commander';
import { downloadRom, fetchRom } from '../../../rom/cache/fetch-rom.ts';
import { romDigest } from '../../../rom/cache/rom-cache.ts';
import { readContents, type RomContents } from '../../../rom/contents.ts';
import type { RomFacts } from '../../../rom/facts.ts';
import { devicesInRom, noteOf } from '../../../rom/manifest-entry.ts';
import { notARom } from '../../../rom/not-a-rom.ts';
import { PCI_ID } from '../../../rom/pci-id.ts';
import { MAX_ROM_BYTES, readRom } from '../../../rom/read.ts';
import { ManifestNotEdited, manifestText, withRom } from '../../../scenario/manifest-edit.ts';
import { printable } from '../../../text/printable.ts';
import { writeAtomically } from '../../../wire/atomic-file.ts';
import { cacheDir } from '../../../wire/cache-dir.ts';
import { EXIT } from '../../exit-code.ts';
import { interruptible } from '../../interrupt.ts';
import { printJson } from '../../output.ts';
import { FileNotRead, readBoundedFile } from '../../read-bounded-file.ts';
import { repeatable } from '../../repeatable.ts';
import { romLibrary } from '../../rom-library.ts';
import { printLines } from '../../rom-lines.ts';
import { romProgress } from '../../rom-progress.ts';
import { asUsage, UsageError } from '../../usage-error.ts';

interface Options {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly device?: readonly string[];
  readonly json?: true;
}

/** What a person has to write, in words that `grep` finds. */
const TO_FILL = {
  origin: 'TO FILL IN: who built it, and from what.',
  licence: 'TO FILL IN: what is known of its licence, and of that of the drivers in it.',
};

const COMMENT = [
  'Written by code43 rom add from what the file says. Before it is committed a person must fill in `origin`, `licence`,',
  '`source` and `released`, and hold `devices` against what the release says. The ROM itself is never committed.',
].join('\n');

/** `code43 rom add`: writes a manifest, or adds to one. 0 written, 2 not written, 3 the download failed, 130 stopped. */
export function addCommand(): Command {
  return new Command('add')
    .argument('<url|file>', 'where the ROM is: an https URL, or a file')
    .description(
      'Write the manifest of a ROM from what the file says: digest, devices, contents. What only a person can know is ' +
        'marked TO FILL IN. The ROM goes into the cache, never into the repository.',
    )
    .requiredOption('--id <project/tag>', 'the manifest: of a release that is there, or a new one')
    .option('--name <name>', 'what scenarios call the ROM; its file name without the ending if left out')
    .option('--url <url>', 'where a file that is given can be downloaded')
    .option('--device <vendor:device>', 'whom the release means it for; repeatable', repeatable)
    .option('--json', 'print one JSON document')
    .action(add);
}

async function add(source: string, options: Options): Promise<void> {
  const library = await romLibrary();
  const remote = /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
  if (remote && options.url !== undefined)
    throw new UsageError('the URL is given already; --url is for a file');
  if (remote && !source.startsWith('https://'))
    throw new UsageError(`only https is spoken: download ${printable(source)} yourself and give the file`);
  const url = remote ? source : (options.url ?? null);
  const bytes = remote
    ? await fetched(source)
    : await asUsage(readBoundedFile(source, MAX_ROM_BYTES), FileNotRead);
  if (bytes === null) {
    process.exitCode = EXIT.interrupted;
    return;
  }
  const facts = readRom(bytes);
  const other = notARom(bytes, facts);
  if (other !== null) throw new UsageError(`nothing was written: ${printable(source)} is ${other}`);
  const contents = readContents(bytes, facts);
  const sha256 = romDigest(bytes);
  const file = fileName(source, remote);
  const rom = {
    name: options.name ?? file.replace(/\.(?:rom|bin|efi)$/i, ''),
    file,
    url,
    sha256,
    devices: devices(facts, contents, options.device ?? []),
    note: noteOf(facts, contents),
  };
  const known = library.roms.find(({ manifest }) => manifest.id === options.id);
  const path = known?.path ?? join(library.root, 'roms', `${options.id.replaceAll('/', '-')}.yaml`);
  const text = await edited(() => textWith(rom, options.id, known === undefined ? null : path, path));
  await writeAtomically(path, text);
  const ref = `${options.id}/${rom.name}`;
  await fetchRom({ ref, url, sha256 }, { cacheDir: cacheDir(), given: bytes });
  process.exitCode = EXIT.asExpected;
  const manifest = relative(library.root, path);
  if (options.json) printJson({ schema: 1, ref, manifest, created: known === undefined, rom });
  else printLines(summary(ref, manifest, known === undefined, rom));
}

/** Null: stopped by the user. */
async function fetched(url: string): Promise<Uint8Array | null> {
  const interrupt = interruptible();
  const progress = romProgress(url, process.stderr);
  try {
    const download = { signal: interrupt.signal, progress: progress.update };
    return (await downloadRom(url, { cacheDir: cacheDir(), download })).bytes;
  } catch (error) {
    if (interrupt.signal.aborted) return null;
    throw error;
  } finally {
    progress.end();
    interrupt.release();
  }
}

function fileName(source: string, remote: boolean): string {
  const last = basename(remote ? new URL(source).pathname : source);
  const file = remote ? decodeURIComponent(last) : last;
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(file)) return file;
  throw new UsageError(
    `nothing was written: the file name ${printable(JSON.stringify(file))} cannot stand in romfile=. ` +
      'Rename the file: letters, digits, dot, dash, underscore and plus',
  );
}

function devices(facts: RomFacts, contents: RomContents, given: readonly string[]): string[] {
  const wrong = given.find((id) => !PCI_ID.test(id));
  if (wrong !== undefined)
    throw new UsageError(
      `--device ${printable(wrong)}: expected vendor:device in lower-case hex, such as 8086:46d1`,
    );
  if (given.length > 0) return [...new Set(given)];
  const named = devicesInRom(facts, contents);
  if (named.length > 0) return named;
  throw new UsageError(
    'nothing was written: the file names no device of its own (8086:ffff stands for any). ' +
      'Say with --device whom its release means it for, such as --device 8086:46d1',
  );
}

type Entry = Parameters<typeof withRom>[1];

async function textWith(rom: Entry, id: string, existing: string | null, path: string): Promise<string> {
  if (existing !== null) return withRom(await readFile(existing, 'utf8'), rom);
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null) throw new ManifestNotEdited(`${path} is there already, with another id`);
  const manifest = { id, name: id, source: null, ...TO_FILL, released: null };
  return manifestText(manifest, rom, COMMENT);
}

async function edited(write: () => Promise<string>): Promise<string> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ManifestNotEdited)) throw error;
    throw new UsageError(`nothing was written: ${error.message}`);
  }
}

function summary(ref: string, manifest: string, created: boolean, rom: Entry): readonly string[] {
  return [
    `${ref} is in ${manifest}${created ? ', which is new' : ''}`,
    `  sha256 ${rom.sha256 ?? ''}`,
    `  for ${rom.devices.length === 1 ? (rom.devices[0] ?? '') : `${rom.devices.length} devices`}`,
    ...(rom.url === null ? ['  It has no url: others need the file from you, and rom fetch --from.'] : []),
    ...(created ? ['Fill in what is marked TO FILL IN, then commit the manifest.'] : []),
    'The ROM is in the cache only. It is not committed: it may hold closed drivers of others.',
  ];
}
