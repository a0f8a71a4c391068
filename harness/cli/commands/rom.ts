import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { describeRom } from '../../rom/describe.ts';
import { hasExecutableEfiImage, seabiosImage } from '../../rom/executes.ts';
import { MAX_ROM_BYTES, readRom } from '../../rom/read.ts';
import { printable } from '../printable.ts';
import { FileNotRead, readBoundedFile } from '../read-bounded-file.ts';

/** `code43 rom`: exit code 0 if UEFI firmware would execute an EFI image of the file, 1 if not, 2 if it was not read. */
export function romCommand(): Command {
  const rom = new Command('rom').description('option ROMs');
  rom
    .command('inspect')
    .description('say what is in an option ROM, what is wrong with it, and which firmware would execute it')
    .argument('<file>', `the ROM, at most ${MAX_ROM_BYTES / 1024 / 1024} MiB`)
    .option('--json', 'print one JSON document and nothing else')
    .action(async (file: string, options: { readonly json?: true }) => {
      process.exitCode = await inspect(file, options.json === true);
    });
  return rom;
}

async function inspect(file: string, json: boolean): Promise<number> {
  try {
    const bytes = await readBoundedFile(file, MAX_ROM_BYTES);
    const facts = readRom(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const executes = { uefi: hasExecutableEfiImage(facts), seabios: seabiosImage(facts) !== null };
    if (json) print(JSON.stringify({ file, sha256, executes, facts }, null, 2));
    else print([printable(file), `sha256 ${sha256}`, ...describeRom(facts)].join('\n'));
    return executes.uefi ? 0 : 1;
  } catch (error) {
    if (!(error instanceof FileNotRead)) throw error;
    if (json) print(JSON.stringify({ file, error: error.message }, null, 2));
    process.stderr.write(`${printable(error.message)}\n`);
    return 2;
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
