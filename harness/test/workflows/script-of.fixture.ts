import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readWorkflow } from './workflow.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A file of the repository, by its path from the root. */
export function fileOf(path: string): string {
  return resolve(root, path);
}

/**
 * The script of the one step of a workflow's job that holds this text.
 *
 * @throws Error when none or several do
 */
export function scriptOf(file: string, job: string, text: string): string {
  const workflow = readWorkflow(readFileSync(fileOf(`.github/workflows/${file}`), 'utf8'));
  const scripts = (workflow.jobs[job]?.steps ?? []).flatMap(({ run }) => (run?.includes(text) ? [run] : []));
  const [script, ...others] = scripts;
  if (script === undefined || others.length > 0) {
    throw new Error(`${file}: ${scripts.length} steps of ${job} hold ${text}`);
  }
  return script;
}
