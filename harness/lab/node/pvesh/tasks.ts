import { existsSync, readFileSync } from 'node:fs';
import { isOn } from '../options.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { ACTIVE, INDEX } from '../task.ts';
import { isAlive, logOf, readUpid, type Upid } from '../upid.ts';
import type { Path } from './path.ts';

const TASKS = '/nodes/{node}/tasks';
const LINES = 50;

export const TASK_PATHS: readonly Path[] = [
  {
    pattern: TASKS,
    options: {
      ...{ errors: 'flag', limit: 'integer', since: 'integer', source: 'string', start: 'integer' },
      ...{ typefilter: 'string', vmid: 'integer' },
    },
    from: ['active tasks while it hangs', NOT_OBSERVED],
    get: ({ options }) => {
      const { source = 'archive', vmid, typefilter, since = '0' } = options;
      const tasks = [...(source === 'archive' ? [] : active()), ...(source === 'active' ? [] : archived())];
      const start = Number(options['start'] ?? 0);
      return tasks
        .filter(({ upid }) => vmid === undefined || upid.id === vmid)
        .filter(({ upid }) => typefilter === undefined || upid.type === typefilter)
        .filter(({ upid }) => upid.starttime >= Number(since))
        .filter(({ status }) => !isOn(options['errors']) || (status !== 'OK' && status !== 'RUNNING'))
        .slice(start, start + Number(options['limit'] ?? LINES))
        .map(({ upid, ...rest }) => ({ ...facts(upid), ...rest }));
    },
  },
  {
    pattern: `${TASKS}/{upid}/status`,
    from: [
      'qm start, ok: task status',
      'qm start, romfile missing: task status',
      'status of the stopped task',
    ],
    get: ({ at }) => {
      const upid = taskOf(at['upid']);
      const state = isAlive(upid) && endOf(upid) === null ? 'running' : 'stopped';
      const exitstatus = state === 'running' ? undefined : (endOf(upid) ?? 'unexpected status');
      return { ...facts(upid), status: state, exitstatus };
    },
  },
  {
    pattern: `${TASKS}/{upid}/log`,
    options: { start: 'integer', limit: 'integer', download: 'flag' },
    from: ['qm start, ok: task log', 'qm start, romfile missing: task log', 'log of the stopped task'],
    get: ({ at, options }) => {
      const text = readFileSync(logOf(taskOf(at['upid'])), 'utf8');
      const lines = text.replace(/\n$/, '').split('\n');
      if (text === '') return [{ n: 1, t: 'no content' }];
      const start = Number(options['start'] ?? 0);
      const limit = Number(options['limit'] ?? LINES);
      return lines.map((t, i) => ({ n: i + 1, t })).slice(start, limit === 0 ? undefined : start + limit);
    },
  },
];

function facts({ text, node, pid, pstart, starttime, type, id, user }: Upid): object {
  return { upid: text, node, pid, pstart, starttime, type, id, user };
}

/** @throws Refusal there is no such task, or no more */
function taskOf(text = ''): Upid {
  const upid = readUpid(text);
  if (upid === null || !existsSync(logOf(upid))) throw refusal('noSuchTask');
  return upid;
}

/** How a task ended; null: it has not said so. */
function endOf(upid: Upid): string | null {
  const last = /\nTASK (OK|ERROR: .+|WARNINGS: \d+)\n$/.exec(`\n${readFileSync(logOf(upid), 'utf8')}`)?.[1];
  return last?.replace(/^ERROR: /, '') ?? null;
}

interface Listed {
  readonly upid: Upid;
  readonly status: string;
  readonly endtime?: number;
  readonly saved?: string;
}

function active(): readonly Listed[] {
  const over = new Set(archived().map(({ upid }) => upid.text));
  return entries(ACTIVE).flatMap(({ upid }) =>
    isAlive(upid) && !over.has(upid.text) ? [{ upid, saved: '0', status: 'RUNNING' }] : [],
  );
}

function archived(): readonly Listed[] {
  return entries(INDEX).map(({ upid, rest }) => {
    const [, time = '', status = ''] = /^([0-9A-F]+) (.*)$/.exec(rest) ?? [];
    return { upid, endtime: parseInt(time, 16), status };
  });
}

/** The newest first. */
function entries(path: string): readonly { readonly upid: Upid; readonly rest: string }[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').reverse();
  return lines.flatMap((line) => {
    const at = line.indexOf(' ');
    const upid = readUpid(line.slice(0, at));
    return upid === null ? [] : [{ upid, rest: line.slice(at + 1) }];
  });
}
