import { dirname, join } from 'node:path';
import type { Reach } from '../scenario/connection.ts';
import { loadOwner, ownerFile } from '../scenario/owner.ts';
import { renderProblem } from '../scenario/render-problem.ts';
import { SourceFiles } from '../scenario/source-files.ts';
import { printable } from '../text/printable.ts';
import { saidReach } from './said-reach.ts';
import { UsageError } from './usage-error.ts';

/** A node by the name that its owner, or the command line, gives it. */
export interface NodeToReach {
  readonly name: string;
  readonly reach: Reach;
}

/**
 * Which nodes a command means: hosts of the owner's file, whatever ssh takes, or `here`. None named: every host of
 * that file that says how it is reached.
 *
 * @throws UsageError there is none, one cannot be reached, or the file has a problem
 */
export async function nodesToReach(named: readonly string[]): Promise<readonly NodeToReach[]> {
  const file = ownerFile();
  const reaches = await reachesOf(file);
  if (named.length > 0)
    return [...new Set(named)].map((name) => ({ name, reach: reachOf(name, reaches, file) }));
  const all = [...reaches].flatMap(([name, reach]) => (reach === null ? [] : [{ name, reach }]));
  if (all.length === 0)
    throw new UsageError(
      `no host in ${file} has a \`reach\`: name one with --host, such as --host root@pve, or here on the node itself`,
    );
  return all;
}

/** The one node that a command means. @throws UsageError as `nodesToReach`, or there are several */
export async function nodeToReach(named: string | undefined): Promise<NodeToReach> {
  const nodes = await nodesToReach(named === undefined ? [] : [named]);
  const [one, ...others] = nodes;
  if (one !== undefined && others.length === 0) return one;
  const names = nodes.map(({ name }) => name).join(', ');
  throw new UsageError(`several hosts are in your hosts.yaml: name one with --host (${names})`);
}

async function reachesOf(file: string): Promise<ReadonlyMap<string, Reach | null>> {
  // The file belongs to no project, so it is named by its whole path.
  const files = new SourceFiles(join(dirname(file), 'project'));
  const owners = await loadOwner(file, files);
  if (files.problems.length > 0) {
    const shown = files.problems.map((problem) => renderProblem(problem, files.texts.get(problem.file)));
    throw new UsageError(`your hosts.yaml has problems:\n\n${shown.join('\n\n')}`);
  }
  return new Map([...owners].map(([name, { connection }]) => [name, connection?.reach ?? null]));
}

function reachOf(name: string, reaches: ReadonlyMap<string, Reach | null>, file: string): Reach {
  const known = reaches.get(name);
  if (known === null) throw new UsageError(`${name} has no \`reach\` in ${file}`);
  const reach = known ?? saidReach(name);
  if (reach !== null) return reach;
  throw new UsageError(
    `--host ${printable(JSON.stringify(name), 80)} is neither a host of ${file} nor a name that ssh takes, such as root@pve`,
  );
}
