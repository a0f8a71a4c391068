import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Machine } from '../../../wire/machine/machine.ts';
import { QmManager } from '../qm/qm-manager.ts';
import { whatWouldEnd } from './what-would-end.ts';

interface Guest {
  readonly vmid: number;
  readonly kind: 'qemu' | 'lxc';
  readonly status: 'running' | 'stopped';
  /** As its config has it; null: nothing of it. */
  readonly onboot: 0 | 1 | null;
}

interface Task {
  readonly type: string;
  readonly id: string;
}

const OWN = 9100;
const limit = { seconds: 5 };

function upid({ type, id }: Task): string {
  return `UPID:pve:00000E1D:0000D1A2:6A8C3F2B:${type}:${id}:root@pam:`;
}

/** A node that only says what it has. Its containers' words are not observed. */
function nodeOf(guests: readonly Guest[], tasks: readonly Task[] = []): Machine {
  const answer = (path: string): unknown => {
    const [, , , kind = '', vmid] = path.split('/');
    const found = guests.find((guest) => guest.kind === kind && String(guest.vmid) === vmid);
    if (found !== undefined)
      return { digest: '0'.repeat(40), ...(found.onboot === null ? {} : { onboot: found.onboot }) };
    if (kind === 'tasks' && vmid === undefined)
      return tasks.map((task) => ({
        ...{ upid: upid(task), node: 'pve', pid: 3613, pstart: 53666, starttime: 1787576107 },
        ...{ ...task, user: 'root@pam', status: 'RUNNING' },
      }));
    if (kind === 'tasks') return { status: 'running' };
    return guests.filter((guest) => guest.kind === kind).map((guest) => ({ vmid: guest.vmid, status: guest.status, name: 'nextcloud' })); // prettier-ignore
  };
  const never = (): Promise<never> => Promise.reject(new Error('nobody asks for this here'));
  return {
    name: 'root@pve',
    run: ([program = '', ...words]) => {
      const stdout = program === 'pvesh' ? JSON.stringify(answer(words[1] ?? '')) : 'pve\n';
      return Promise.resolve({ stdout, stderr: '', code: 0 });
    },
    ...{ follow: never, connect: never, terminal: never },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const asked = (node: Machine): Promise<readonly string[]> => whatWouldEnd(new QmManager(node), OWN, limit);

test('guests that run and do not come back by themselves, and tasks, are named by their numbers alone', async () => {
  const guests: readonly Guest[] = [
    { vmid: 100, kind: 'qemu', status: 'running', onboot: null },
    { vmid: 101, kind: 'qemu', status: 'running', onboot: 1 },
    { vmid: 102, kind: 'qemu', status: 'stopped', onboot: null },
    { vmid: OWN, kind: 'qemu', status: 'running', onboot: null },
    { vmid: 105, kind: 'lxc', status: 'running', onboot: 0 },
    { vmid: 106, kind: 'lxc', status: 'running', onboot: 1 },
  ];
  const tasks = [
    { type: 'vzdump', id: '' },
    { type: 'qmclone', id: '9000' },
    { type: 'qmstart', id: String(OWN) },
  ];
  expect(await asked(nodeOf(guests, tasks))).toEqual([
    'VM 100',
    'container 105',
    'the task vzdump',
    'the task qmclone of 9000',
  ]);
});

const guest = fc.record<Guest>({
  vmid: fc.integer({ min: 100, max: 9099 }),
  kind: fc.constantFrom('qemu', 'lxc'),
  status: fc.constantFrom('running', 'stopped'),
  onboot: fc.constantFrom(0, 1, null),
});

test('nothing stands in the way exactly where every guest is down or comes back by itself', async () => {
  const guests = fc.uniqueArray(guest, { selector: ({ vmid }) => vmid, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(guests, async (some) => {
      const free = some.every(({ status, onboot }) => status === 'stopped' || onboot === 1);
      expect((await asked(nodeOf(some))).length === 0).toBe(free);
    }),
    { numRuns: 50 },
  );
});
