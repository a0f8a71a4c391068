import { relative } from 'node:path';
import { Command } from 'commander';
import { buildTemplate, type BuiltTemplate } from '../../../guest/windows/template/build-template.ts';
import { ANSWER_ISO } from '../../../guest/windows/template/qm-steps.ts';
import { stepsText, UNVERIFIED } from '../../../guest/windows/template/readme.ts';
import { TemplateRefused } from '../../../guest/windows/template/template-refused.ts';
import { printable } from '../../../text/printable.ts';
import { EXIT } from '../../exit-code.ts';
import { interruptible } from '../../interrupt.ts';
import { printJson } from '../../output.ts';
import { timedLines } from '../../timed-lines.ts';
import { asUsage, UsageError } from '../../usage-error.ts';

interface Options {
  readonly iso: string;
  readonly virtio: string;
  readonly out: string;
  readonly edition?: string;
  readonly driver?: string;
  readonly driverSha256?: string;
  readonly key?: string;
  readonly json?: true;
}

/** `code43 guest build win11`: 0 the folder is there, 2 an input cannot be used and nothing was written, 3 it failed. */
export function win11Command(): Command {
  return (
    new Command('win11')
      .description(
        'Write the ISO that installs Windows 11 unattended in a VM on Proxmox VE, with guest agent and drivers, and ' +
          'without what would change it later; and the steps to do on the node. Needs no network and no root.',
      )
      .requiredOption('--iso <file>', "Windows' installation ISO, as Microsoft gives it")
      .requiredOption('--virtio <file>', 'the ISO of virtio-win')
      .requiredOption('--out <folder>', 'a new folder for all that is written')
      .option('--edition <name>', 'which edition, by name or id; must be given where the medium has several')
      .option(
        '--driver <file>',
        "Intel's graphics driver, as ZIP (put into Windows' driver store) or installer",
      )
      .option('--driver-sha256 <digest>', 'the digest that the driver must have')
      .option('--key <key>', 'product key, where the medium asks for one; written into the answer file only')
      .option('--json', 'print one JSON document')
      .addHelpText(
        'after',
        `\n${UNVERIFIED}\nWhat is switched off in Windows, and why: docs/windows-template.md`,
      )
      // Its parent has a --json, too, and takes it first.
      .action((_, command: Command) => build(command.optsWithGlobals<Options>()))
  );
}

async function build(options: Options): Promise<void> {
  const { iso, virtio, out, edition, driver, driverSha256, key } = options;
  if (driver === undefined && driverSha256 !== undefined)
    throw new UsageError('--driver-sha256 belongs to a --driver <file>');
  const inputs = {
    iso,
    virtio,
    out,
    ...(edition === undefined ? {} : { edition }),
    ...(key === undefined ? {} : { key }),
    ...(driver === undefined ? {} : { driver: { path: driver, sha256: driverSha256 } }),
  };
  const interrupt = interruptible('Stopping: nothing is kept.');
  try {
    const building = buildTemplate(inputs, {
      progress: timedLines(process.stderr),
      signal: interrupt.signal,
    });
    print(await asUsage(building, TemplateRefused), options);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
  } finally {
    interrupt.release();
  }
}

function print({ out, record, steps }: BuiltTemplate, { json, key }: Options): void {
  if (json) {
    printJson({ unverified: true, out, ...record, steps });
    return;
  }
  const { windows, iso, virtio, driver } = record;
  const lines = [
    UNVERIFIED,
    '',
    `${relative(process.cwd(), out) || '.'}: README.md with the steps below, autounattend.xml, template.json, and`,
    `  ${ANSWER_ISO}  ${iso.size} bytes, SHA-256 ${iso.sha256}`,
    `Windows         ${windows.name}, build ${windows.build}.${windows.revision}, ${windows.language}`,
    `virtio-win      ${virtio.label}, ${Object.keys(virtio.files).length} files`,
    `display driver  ${driver === null ? 'none was given' : `${driver.kind}, SHA-256 ${driver.sha256}`}`,
    ...(key === undefined && !/eval/i.test(windows.edition) ? [NO_KEY] : []),
    '',
  ];
  process.stdout.write(`${lines.map((line) => printable(line)).join('\n')}\n${stepsText(steps)}`);
}

const NO_KEY =
  'No key was given: media that are not for evaluation may stop and ask for one. Microsoft publishes keys for set-up alone ("KMS client activation and product keys"); give yours by --key.';
