import { test } from 'vitest';
import { findImage } from '../guest/image/image.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import { findProgram } from '../wire/program.ts';
import { PtyUnavailable, requirePty } from '../wire/pty.ts';

/** The `test` of a tier: runs its body, or skips it with the reason. */
export type Tier = (name: string, body: () => unknown) => void;

/**
 * The `test` of a tier that needs more than Node. Where a program is missing its tests are skipped with
 * the reason, so that a run on a machine that could have them can be told from one that could not.
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

/** A tier that also needs a pseudo-terminal, which node-pty provides where it could be built. */
export function needsPty(tier: Tier): Tier {
  try {
    requirePty();
    return tier;
  } catch (error) {
    if (!(error instanceof PtyUnavailable)) throw error;
    return skipsOptional(error.message);
  }
}

function unlessMissing(missing: readonly string[]): Tier {
  return missing.length === 0 ? runs : skips(`needs ${missing.join(', ')}`);
}

const runs: Tier = (name, body) => {
  test(name, async () => {
    await body();
  });
};

/** A tier that cannot run here. `npm test` prints the reason, and holds it against a machine that could run it. */
export function skips(reason: string): Tier {
  return (name) => {
    test(name, (context) => {
      context.skip(reason);
    });
  };
}

/** The same for what no set-up provides, such as an optional dependency that needs a compiler. */
export function skipsOptional(reason: string): Tier {
  return skips(`optional: ${reason}`);
}
