import type { Io } from './io.ts';
import { json, prettyJson } from './json.ts';
import { readOptions } from './options.ts';
import { NODE_NAME } from './places.ts';
import { NODE_PATHS } from './pvesh/node.ts';
import type { Path } from './pvesh/path.ts';
import { TASK_PATHS } from './pvesh/tasks.ts';
import { VM_PATHS } from './pvesh/vm.ts';
import { VERBS } from './qm.ts';
import { NotInStandIn, Refusal } from './refusal.ts';

/** Every path that `pvesh get` has an answer for. */
export const PATHS: readonly Path[] = [...NODE_PATHS, ...VM_PATHS, ...TASK_PATHS];

/** What can be created below `/nodes/{node}/qemu/{vmid}/status`; its transcript is `start of a running VM through pvesh create (prints the UPID)`. */
const CREATED = ['start', 'stop', 'shutdown', 'reset'];

const FORMATS = { 'output-format': 'string' } as const;

/** Runs `pvesh` with these words. Returns its exit code. @throws Refusal, NotInStandIn */
export async function pvesh(argv: readonly string[], io: Io): Promise<number> {
  const [verb = '', path = '', ...rest] = argv;
  if (verb === 'create') return create(path, rest, io);
  if (verb !== 'get') throw new NotInStandIn(`pvesh ${verb}`);
  const found = PATHS.map((each) => ({ each, at: match(each.pattern, path) })).find(({ at }) => at !== null);
  if (found?.at === undefined || found.at === null) throw new NotInStandIn(`pvesh get ${path}`);
  const { each, at } = found;
  const usage = { line: `pvesh get ${path}`, words: [], options: { ...each.options, ...FORMATS } };
  const { options } = readOptions(rest, usage);
  refuseOtherNode(at['node']);
  const answer = await each.get({ at, options, io });
  const format = options['output-format'];
  if (format !== 'json' && format !== 'json-pretty') throw new NotInStandIn(`pvesh as ${format ?? 'text'}`);
  io.out(format === 'json' ? json(answer) : prettyJson(answer));
  return 0;
}

/** Prints the name of the task; it exits 0 however that ends. */
async function create(path: string, rest: readonly string[], io: Io): Promise<number> {
  const at = match('/nodes/{node}/qemu/{vmid}/status/{verb}', path);
  const verb = VERBS[at?.['verb'] ?? ''];
  if (at === null || verb === undefined || !CREATED.includes(at['verb'] ?? ''))
    throw new NotInStandIn(`pvesh create ${path}`);
  refuseOtherNode(at['node']);
  const given = readOptions([at['vmid'] ?? '', ...rest], { ...verb, line: `pvesh create ${path}` });
  let upid = '';
  const begun = (text: string): void => {
    upid = text;
  };
  const code = await verb.run(given, { ...io, begun });
  if (upid === '') return code;
  io.out(`${upid}\n`);
  return 0;
}

/** What stands at the places of a pattern; null where the path is another. */
function match(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const places = pattern.split('/');
  const parts = path.split('/');
  if (places.length !== parts.length) return null;
  const at: Record<string, string> = {};
  for (const [i, place] of places.entries()) {
    const part = parts[i] ?? '';
    const name = /^\{(\w+)\}$/.exec(place)?.[1];
    if (name === undefined ? part !== place : part === '' || (name === 'vmid' && !/^\d+$/.test(part)))
      return null;
    if (name !== undefined) at[name] = part;
  }
  return at;
}

/** Transcript `pvesh get of a missing node`. */
function refuseOtherNode(node: string | undefined): void {
  if (node === undefined || node === NODE_NAME || node === 'localhost') return;
  throw new Refusal(
    `hostname lookup '${node}' failed - failed to get address info for: ${node}: Temporary failure in name resolution`,
    11,
  );
}
