import { test, type TestAPI } from 'vitest';
import { findImage } from '../guest/image/image.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import { findProgram } from '../wire/program.ts';

type Tier = TestAPI | TestAPI['skip'];

/**
 * The `test` of a tier that needs more than Node. Where a program is missing its tests are skipped and the reason
 * is printed, so that a run on a machine that could have them can be told from one that could not.
 */
export function needs(...programs: readonly string[]): Tier {
  return unlessMissing(
    programs.filter((program) => findProgram(program) === null).map((program) => `${program} (not on PATH)`),
  );
}

/** The `test` of the tier that boots these guest images, which `npm run setup` builds. */
export async function needsGuests(...images: readonly string[]): Promise<Tier> {
  const found = await Promise.all(images.map((image) => findImage(image, cacheDir())));
  const unbuilt = images
    .filter((_, i) => found[i] === null)
    .map((image) => `guest image ${image} (not built)`);
  const programs = ['setpriv', 'qemu-system-x86_64'].filter((program) => findProgram(program) === null);
  return unlessMissing([...programs.map((program) => `${program} (not on PATH)`), ...unbuilt]);
}

function unlessMissing(missing: readonly string[]): Tier {
  if (missing.length === 0) return test;
  process.stderr.write(`skipped: tests that need ${missing.join(', ')}\n`);
  return test.skip;
}
