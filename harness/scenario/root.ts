import { stat } from 'node:fs/promises';
import path from 'node:path';

/** The nearest folder that holds `scenarios/`, from here upwards; here itself if there is none. */
export async function findRoot(from: string): Promise<string> {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const status = await stat(path.join(folder, 'scenarios')).catch(() => null);
    if (status?.isDirectory() === true) return folder;
    if (folder === path.dirname(folder)) return from;
  }
}
