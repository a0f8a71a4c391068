import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './usage-error.ts';

/** Where scenarios are read and results go. */
export interface Project {
  readonly root: string;
  /** One directory a run, ignored by git. */
  readonly runs: string;
  /** The built site, ignored by git. */
  readonly site: string;
  /** History: a folder a host, committed. */
  readonly results: string;
  /** Recorded and imported traces that are kept with the scenarios. */
  readonly traces: string;
}

/**
 * Finds the project: the nearest folder at or above the working directory that holds `scenarios/` and `roms/`,
 * else the one that this program is part of.
 *
 * @throws UsageError when there is none
 */
export function findProject(cwd: string = process.cwd()): Project {
  const root = above(cwd) ?? above(dirname(fileURLToPath(import.meta.url)));
  if (root === null) {
    throw new UsageError(`no scenarios/ and roms/ at or above ${cwd}: run this inside a checkout of code43`);
  }
  return {
    root,
    runs: join(root, 'reports', 'runs'),
    site: join(root, 'reports', 'site'),
    results: join(root, 'reports', 'results'),
    traces: join(root, 'scenarios', 'traces'),
  };
}

function above(folder: string): string | null {
  if (existsSync(join(folder, 'scenarios')) && existsSync(join(folder, 'roms'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : above(parent);
}
