import { readdir } from 'node:fs/promises';
import path from 'node:path';

const DEEPEST = 8;
const MOST_FILES = 10_000;

/**
 * The YAML files in a folder and below, sorted by path. Linked folders and folders with a dot are not entered.
 *
 * @param skip names of folders directly below `folder` that are left out
 * @returns absolute paths; empty for a folder that does not exist
 */
export async function yamlFilesBelow(
  folder: string,
  skip: readonly string[] = [],
): Promise<readonly string[]> {
  const found: string[] = [];
  const pending = [{ folder, depth: 0 }];
  for (let next = pending.pop(); next !== undefined && found.length < MOST_FILES; next = pending.pop()) {
    for (const entry of await entriesOf(next.folder)) {
      const at = path.join(next.folder, entry.name);
      if (!entry.isDirectory()) {
        if (/\.ya?ml$/.test(entry.name)) found.push(at);
      } else if (
        next.depth < DEEPEST &&
        !entry.name.startsWith('.') &&
        !(next.depth === 0 && skip.includes(entry.name))
      ) {
        pending.push({ folder: at, depth: next.depth + 1 });
      }
    }
  }
  return found.sort();
}

async function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
