import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { type Inventory, inventory } from '../../lab/inventory.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { Run } from '../../run/run-cell.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { loadTrace } from '../../trace/store.ts';
import {
  EMPTY,
  nodeCell,
  openNode,
  reach,
  type Reached,
  runOnHost,
  silentCell,
  WINDOWS,
} from './on-lab.fixture.ts';

/** In order: from the first on a VM has had the device since the node's boot, unless a run restarts the node. */
const labTest = await inLab('standin-windows');
const REBOOT = { connection: { reboot: true } };
const COLD = silentCell({ boots: ['cold'] });

let lab: Lab;
let node: Reached;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  node = reach(lab);
  return async () => {
    node[Symbol.dispose]();
    await lab.stop();
  };
});

/** Proxmox VE never gives the device back to the host's driver. */
async function there(): Promise<Inventory> {
  return { ...(await inventory(lab)), driver: null };
}

/** Which boot the node is in. */
function bootId(): string {
  return readFileSync(join(lab.root, 'proc/sys/kernel/random/boot_id'), 'utf8');
}

type Note = Extract<TraceEvent, { ch: 'note' }>;

async function notesOf({ directory }: Run): Promise<readonly Note[]> {
  return (await loadTrace(directory)).events.filter((event) => event.ch === 'note');
}

labTest(
  'a cold boot of a device that a VM had is had by a restart of the host, which is no crash',
  async () => {
    const before = await there();
    const first = bootId();
    const told: string[] = [];
    const run = await node.run(nodeCell({ boots: ['start', 'cold'] }), WINDOWS, {
      ...REBOOT,
      onEvent: (event) => {
        if (event.kind === 'wait') told.push(event.what);
      },
    });
    expect(run.result, JSON.stringify(run.result.findings)).toMatchObject({
      verdict: 'pass',
      boots: [
        { observed: 'start', verdict: 'pass' },
        { observed: 'cold', verdict: 'pass' },
      ],
    });
    expect(bootId()).not.toBe(first);
    expect(told).toContain('the host to restart');
    const notes = await notesOf(run);
    const restarts = notes.filter(({ kind }) => kind === 'host.restart');
    expect(restarts).toHaveLength(1);
    const at = notes.findIndex(({ kind }) => kind === 'host.restart');
    expect(notes.slice(at + 1).find(({ kind }) => kind === 'device')).toMatchObject({ fresh: true });
    expect(notes.map(({ kind }) => kind)).not.toContain('host.crash');
    expect(JSON.stringify(notes)).not.toContain('host-reboot');
    expect(restarts[0]).toMatchObject({ to: expect.any(String) as string });
    // The log of the new boot is followed from where it stood: of what the kernel said of its start nothing is seen.
    const { events } = await loadTrace(run.directory);
    const later = events
      .slice(restarts[0]?.n)
      .flatMap((event) => (event.ch === 'kernel' ? [event.line] : []));
    expect(later).toContain('vfio-pci 0000:00:02.0: reset done');
    expect(later.join('\n')).not.toContain('Linux version');
    expect(await there()).toEqual(before);
  },
);

labTest('a run that is stopped while its host restarts waits for it, and cleans up there', async () => {
  const before = await there();
  const first = bootId();
  const stop = new AbortController();
  const run = await node.run(COLD, EMPTY, {
    ...REBOOT,
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === 'wait' && event.what === 'the host to restart') stop.abort(new Error('Ctrl-C'));
    },
  });
  expect((await notesOf(run)).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['stopped', 'host.restart']),
  );
  expect(JSON.stringify(run.result.findings)).not.toContain('lab.error');
  expect(bootId()).not.toBe(first);
  expect(await there()).toEqual(before);
  // The device of a host that was just restarted is as new: another VM has it, so that the next boot is not.
  await node.run(silentCell(), EMPTY);
});

labTest('without leave of the owner the boot is not done, and what to do is said', async () => {
  const first = bootId();
  const run = await node.run(COLD, EMPTY);
  expect(run.result.verdict).toBe('skip');
  const [skipped] = (await notesOf(run)).filter(({ kind }) => kind === 'boot.skip');
  expect(JSON.stringify(skipped)).toMatch(/a VM has had the device .*`reboot: true` in hosts.yaml/);
  expect(bootId()).toBe(first);
});

labTest('a host whose guests would not come back by themselves is not restarted', async () => {
  const first = bootId();
  await lab.run(['qm', 'start', '100']);
  const run = await node.run(COLD, EMPTY, REBOOT);
  expect(run.result.verdict).toBe('skip');
  expect(JSON.stringify(await notesOf(run))).toContain(
    'a restart of the host would end VM 100, and not bring that back',
  );
  expect(bootId()).toBe(first);
  expect((await lab.run(['qm', 'status', '100'])).stdout).toBe('status: running\n');
  await lab.run(['qm', 'stop', '100']);
});

labTest('a host that does not come back is an error, and takes itself out of the plan', async () => {
  await lab.faults.set('stays-down', { seconds: 3600 });
  const options = { ...REBOOT, patience: { 'host-reboot': 5, wait: 2 } };
  await using host = openNode(COLD, EMPTY, options);
  const run = await runOnHost(COLD, host, node.runs, options);
  expect(run.result.verdict).toBe('error');
  const notes = await notesOf(run);
  expect(notes.find(({ kind }) => kind === 'host.restart')).toMatchObject({ to: null });
  expect(notes.filter((note) => note.kind === 'recovery')).toMatchObject([{ rung: 'wait', worked: false }]);
  const next = await runOnHost(COLD, host, node.runs, options);
  expect(JSON.stringify(await notesOf(next))).toContain('node is out of the plan: the host does not answer');
});
