import { Command, InvalidArgumentError } from 'commander';
import { igpuFamily } from '../../../igpu/families.ts';
import { type RomAdvice, romAdvice, type RomFit, romFit } from '../../../rom/advice.ts';
import { compareRomIds } from '../../../rom/compare-ids.ts';
import { readContents } from '../../../rom/contents.ts';
import { describeRom } from '../../../rom/describe.ts';
import { hasExecutableEfiImage, seabiosImage } from '../../../rom/executes.ts';
import { parsePciId, type PciId } from '../../../rom/pci-id.ts';
import { MAX_ROM_BYTES, readRom } from '../../../rom/read.ts';
import { notARom } from '../../../rom/not-a-rom.ts';
import type { ListedRom } from '../../../scenario/rom-manifests.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../output.ts';
import { readNamedRom, romLibrary } from '../../rom-library.ts';
import { printLines } from '../../rom-lines.ts';

interface Options {
  readonly device?: PciId;
  readonly json?: true;
}

/** `code43 rom inspect`: 0 if UEFI firmware would execute an EFI image of it, 1 if not, 2 if it was not read. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .argument(
      '<file>',
      `a ROM file of at most ${MAX_ROM_BYTES / 1024 / 1024} MiB, or the name of a ROM in roms/`,
    )
    .description(
      'Say what is inside an option ROM, what is wrong with it, and which firmware would execute it. ' +
        'Exit code: 0 UEFI firmware would, 1 it would not, 2 the file was not read.',
    )
    .option('--device <vendor:device>', 'say whether it is for this device, such as 8086:46d1', pciId)
    .option('--json', 'print one JSON document')
    .action(inspect);
}

async function inspect(file: string, { device, json }: Options): Promise<void> {
  const { bytes, sha256 } = await readNamedRom(file);
  const facts = readRom(bytes);
  const contents = readContents(bytes, facts);
  const forIgpu = device !== undefined && igpuFamily(`${device.vendor}:${device.device}`) !== null;
  const advice = romAdvice(contents, forIgpu);
  const fit = device === undefined ? null : romFit(facts, contents, device);
  const release = await releasesOf(sha256);
  const other = notARom(bytes, facts);
  process.exitCode = hasExecutableEfiImage(facts) ? EXIT.asExpected : EXIT.unexpected;
  if (json) {
    const executes = { uefi: hasExecutableEfiImage(facts), seabios: seabiosImage(facts) !== null };
    const compared = device === undefined ? [] : compareRomIds(facts, device);
    const known = release.map(({ ref }) => ref);
    printJson({ schema: 1, file, sha256, known, executes, facts, contents, advice, fit, compared, other });
    return;
  }
  printLines([
    file,
    `sha256 ${sha256}`,
    releaseLine(release),
    ...(other === null ? [] : [`This is ${other}.`]),
    ...describeRom(facts, contents),
    ...adviceLines(advice),
    ...fitLines(fit),
  ]);
}

/** The ROMs of the manifests that are pinned to this digest; none where there are no manifests here. */
async function releasesOf(sha256: string): Promise<readonly ListedRom[]> {
  const library = await romLibrary().catch(() => null);
  return library?.roms.filter(({ rom }) => 'sha256' in rom && rom.sha256 === sha256) ?? [];
}

function releaseLine(release: readonly ListedRom[]): string {
  return release.length === 0
    ? 'not a release that roms/ pins'
    : `known by its digest: ${release.map(({ ref }) => ref).join(', ')}`;
}

function adviceLines(advice: readonly RomAdvice[]): readonly string[] {
  return advice.length === 0
    ? []
    : ['For an Intel iGPU:', ...advice.map(({ id, severity, text }) => `  ${severity} ${id}: ${text}`)];
}

function fitLines(fit: RomFit | null): readonly string[] {
  return fit === null ? [] : ['For this device:', ...fit.words.map((words) => `  ${words}`)];
}

function pciId(text: string): PciId {
  try {
    return parsePciId(text.toLowerCase());
  } catch {
    throw new InvalidArgumentError('expected vendor:device in hex, such as 8086:46d1.');
  }
}
