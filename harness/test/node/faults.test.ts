import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { FaultArguments, FaultName } from '../../lab/fault-names.ts';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { type Inventory, inventory } from '../../lab/inventory.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { PlanEvent } from '../../run/plan-event.ts';
import type { Run } from '../../run/run-cell.ts';
import type { GuestSource } from '../../scenario/connection.ts';
import type { Verdict } from '../../trace/words.ts';
import { COPIED, EMPTY, OWN, reach, type Reached, silentCell } from './on-lab.fixture.ts';

const labTest = await inLab('standin-windows');

let lab: Lab;
let node: Reached;
let before: Inventory;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  node = reach(lab);
  return async () => {
    node[Symbol.dispose]();
    await lab.stop();
  };
});

beforeEach(async () => {
  if (labHere) before = await inventory(lab);
});

afterEach(async () => {
  if (!labHere) return;
  lab.faults.clearAll();
  // Each row begins as after the host's boot: Proxmox VE does not give the device back.
  const device = 'echo 0000:00:02.0 > /sys/bus/pci/drivers';
  await lab.run(['sh', '-c', `${device}/vfio-pci/unbind; sleep 0.5; ${device}/i915/bind; sleep 0.5`]);
});

/** When a fault is asked for: before the run, or once the run tells that. */
type When = 'before' | PlanEvent['kind'];

interface Row {
  readonly fault: FaultName;
  readonly with?: FaultArguments;
  readonly when: When;
  readonly source?: GuestSource;
  readonly verdict: Verdict;
  /** What the trace must say. */
  readonly says?: RegExp;
}

/** Milliseconds into a run by which a cut has happened. */
const CUT_OFF = 15_000;

const TABLE: readonly Row[] = [
  { fault: 'lock-held', with: { vmid: 9001, seconds: 4 }, when: 'before', verdict: 'inconclusive' },
  { fault: 'lock-held', with: { vmid: 9100, seconds: 4 }, when: 'boot', verdict: 'inconclusive' },
  {
    fault: 'vm-locked',
    with: { vmid: 110, word: 'backup' },
    when: 'before',
    source: OWN,
    verdict: 'error',
    says: /VM 110 is locked \(backup\)/,
  },
  { fault: 'clone-fails', when: 'before', source: COPIED, verdict: 'error', says: /no clone of VM 9001/ },
  { fault: 'clone-dies', when: 'before', source: COPIED, verdict: 'error', says: /no clone of VM 9001/ },
  { fault: 'start-hangs', with: { vmid: 9100, seconds: 4 }, when: 'before', verdict: 'inconclusive' },
  { fault: 'stop-hangs', with: { vmid: 9100, seconds: 10 }, when: 'boot', verdict: 'inconclusive' },
  { fault: 'bind-busy', when: 'before', verdict: 'inconclusive', says: /Cannot bind 0000:00:02.0 to vfio/ },
  { fault: 'reset-fails', when: 'before', verdict: 'inconclusive' },
  { fault: 'no-iommu', when: 'before', verdict: 'error', says: /in no IOMMU group/ },
  { fault: 'disk-full', with: { kilobytes: 0 }, when: 'before', verdict: 'error', says: /No space left/ },
  {
    fault: 'disk-full',
    with: { kilobytes: 100 },
    when: 'before',
    verdict: 'error',
    says: /no clone of VM 9001/,
  },
  { fault: 'task-log-lost', with: { times: 1 }, when: 'before', verdict: 'inconclusive' },
  { fault: 'ssh-cut', when: 'boot', verdict: 'error', says: /connection to root@pve ended/ },
  { fault: 'ssh-cut', when: 'wait', verdict: 'error', says: /connection to root@pve ended/ },
  { fault: 'ssh-refused', with: { seconds: 8 }, when: 'wait', verdict: 'inconclusive' },
  { fault: 'restart', with: { seconds: 6 }, when: 'wait', verdict: 'error', says: /host\.crash/ },
];

for (const [index, row] of TABLE.entries()) {
  const of = row.with === undefined ? '' : ` ${JSON.stringify(row.with)}`;
  labTest(`${index}. ${row.fault}${of}, ${row.when}: ${row.verdict}, and nothing is left`, async () => {
    const { run, text } = await runWith(row);
    const seen = { verdict: run.result.verdict, said: text };
    expect(seen, text).toMatchObject({ verdict: row.verdict });
    if (row.says !== undefined) expect(text).toMatch(row.says);
    lab.faults.clearAll();
    if (row.fault === 'vm-locked') await lab.run(['qm', 'unlock', '110']);
    await expect.poll(() => lab.faults.asked, { timeout: 20_000 }).toEqual([]);
    // Who is cut off cannot let go of its lease: that ends by itself.
    await expect.poll(whatIsThere, { timeout: 30_000, interval: 500 }).toEqual(plain(before));
  });
}

async function runWith({
  fault,
  with: args,
  when,
  source = EMPTY,
}: Row): Promise<{ run: Run; text: string }> {
  const asked: Promise<void>[] = [];
  const ask = (): void => {
    if (asked.length === 0) asked.push(lab.faults.set(fault, args));
  };
  if (when === 'before') ask();
  await Promise.all(asked);
  // As if 45 s had passed for the holder of a lease whose owner was cut off.
  const later = setTimeout(() => {
    if (fault === 'ssh-cut') lab.run(['pkill', '-f', '^code43 lease']).catch(() => undefined);
  }, CUT_OFF);
  const cell = silentCell();
  // What is to meet a run that waits needs one that does so for a while.
  const patient = when === 'wait' ? { ...cell, guest: { ...cell.guest, agentDeadline: 20 } } : cell;
  const run = await node.run(patient, source, {
    onEvent: ({ kind }) => {
      if (kind === when) ask();
    },
  });
  await Promise.all(asked);
  clearTimeout(later);
  return {
    run,
    text: run.directory === '' ? '' : shortened(readFileSync(join(run.directory, 'events.jsonl'), 'utf8')),
  };
}

/** Without QEMU's long command line. */
function shortened(events: string): string {
  return events
    .split('\n')
    .map((line) => line.slice(0, 400))
    .join('\n');
}

async function whatIsThere(): Promise<Inventory> {
  return plain(await inventory(lab));
}

/** Proxmox VE never gives the device back to the host's driver, and a restarted node has it on that again. */
function plain(seen: Inventory): Inventory {
  return { ...seen, driver: null };
}
