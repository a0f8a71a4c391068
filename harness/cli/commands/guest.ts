import { Command } from 'commander';
import { ensureImage, findImage, type GuestImage } from '../../guest/image/image.ts';
import { GUEST_IMAGES, isGuestImage } from '../../guest/image/recipes.ts';
import { EXIT } from '../exit-code.ts';
import { interruptible } from '../interrupt.ts';
import { printJson } from '../output.ts';
import { timedLines } from '../timed-lines.ts';
import { UsageError } from '../usage-error.ts';
import { win11Command } from './guest/win11.ts';

interface Options {
  readonly json?: true;
}

export function guestCommand(): Command {
  const guest = new Command('guest').description(
    'The small guests that local VMs boot, and the ISO that installs a Windows template.',
  );
  guest
    .command('build')
    .argument('[name...]', `which of ${GUEST_IMAGES.join(', ')}; all if left out`)
    .description("Build guest images from Debian packages into the cache, where they aren't there yet.")
    .option('--json', 'print one JSON document')
    .action(build)
    .addCommand(win11Command());
  guest
    .command('list')
    .description('List the guest images and where the built ones are.')
    .option('--json', 'print one JSON document')
    .action(list);
  return guest;
}

async function build(names: readonly string[], options: Options): Promise<void> {
  const wanted = names.length === 0 ? GUEST_IMAGES : names;
  const unknown = wanted.find((name) => !isGuestImage(name));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no guest image ${JSON.stringify(unknown)}, only ${GUEST_IMAGES.join(', ')}`,
    );
  const interrupt = interruptible();
  const building = { progress: timedLines(process.stderr), signal: interrupt.signal };
  const built: GuestImage[] = [];
  try {
    for (const name of wanted) built.push(await ensureImage(name, building));
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
    return;
  } finally {
    interrupt.release();
  }
  print(built, options);
}

async function list(options: Options): Promise<void> {
  const found = await Promise.all(GUEST_IMAGES.map((name) => findImage(name)));
  const images = found.filter((image) => image !== null);
  print(images, options);
  const missing = GUEST_IMAGES.filter((name) => images.every((image) => image.name !== name));
  if (missing.length > 0 && options.json === undefined)
    process.stdout.write(`not built yet: ${missing.join(', ')} (code43 guest build)\n`);
}

function print(images: readonly GuestImage[], options: Options): void {
  if (options.json) printJson({ schema: 1, images });
  else
    for (const image of images)
      process.stdout.write(`${image.name}  ${image.digest.slice(0, 16)}  ${image.initrd}\n`);
}
