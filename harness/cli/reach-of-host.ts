import { realpath } from 'node:fs/promises';
import { type Reach, ReachSchema } from '../scenario/connection.ts';
import { loadOwner, ownerFile, type Owners } from '../scenario/owner.ts';
import { renderProblem } from '../scenario/render-problem.ts';
import { SourceFiles } from '../scenario/source-files.ts';
import { findProject } from './project.ts';
import { UsageError } from './usage-error.ts';

/**
 * How a host is reached that a person names: by its id in their hosts.yaml, as ssh takes it, or as `here`.
 *
 * @param named left out: the only host of their hosts.yaml
 * @throws UsageError none is meant, or several, or that file has problems
 */
export async function reachOfHost(named: string | undefined): Promise<Reach> {
  if (named === 'here') return 'here';
  const reached = reaches(await loadOwners());
  const known = named === undefined ? undefined : reached.get(named);
  if (known !== undefined) return known;
  if (named === undefined) return onlyOne(reached);
  const ssh = ReachSchema.safeParse({ ssh: named });
  if (ssh.success) return ssh.data;
  throw new UsageError(
    `--host: ${JSON.stringify(named.slice(0, 80))} is neither a host of ${ownerFile()} nor a name that ssh takes, such as root@pve`,
  );
}

async function loadOwners(): Promise<Owners> {
  const files = new SourceFiles(await realpath(findProject().root));
  const owners = await loadOwner(ownerFile(), files);
  if (files.problems.length === 0) return owners;
  const shown = files.problems.map((problem) => renderProblem(problem, files.texts.get(problem.file)));
  throw new UsageError(`your hosts.yaml has problems\n\n${shown.join('\n\n')}`);
}

function reaches(owners: Owners): ReadonlyMap<string, Reach> {
  return new Map(
    [...owners].flatMap(([id, { connection }]) => (connection === null ? [] : [[id, connection.reach]])),
  );
}

function onlyOne(reached: ReadonlyMap<string, Reach>): Reach {
  const [one, ...others] = reached.values();
  if (one !== undefined && others.length === 0) return one;
  const there = reached.size === 0 ? '' : `; your hosts.yaml has ${[...reached.keys()].join(', ')}`;
  throw new UsageError(`name the VM's host, such as --host root@pve, or here on the node itself${there}`);
}
