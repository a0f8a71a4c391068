import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Host } from '../../host/host.ts';
import { openProxmox } from '../../host/proxmox/open.ts';
import type { Lab } from '../../lab/lab.ts';
import { sshShim } from '../../lab/ssh-shim.fixture.ts';
import type { PlanEvent } from '../../run/plan-event.ts';
import { runCell, type Run } from '../../run/run-cell.ts';
import type { Cell } from '../../scenario/cell.ts';
import type { Connection, GuestSource } from '../../scenario/connection.ts';
import { cacheDir } from '../../wire/cache-dir.ts';
import { localCell } from '../local-cell.ts';

/** The lab's iGPU. */
const IGPU: Cell['host']['igpu'] = {
  id: '8086:46d1',
  address: '0000:00:02.0',
  driver: { windows: { service: 'code43-standin', provider: 'code43 stand-in', inf: 'standin.inf' } },
};
const HOST: Cell['host'] = { id: 'node', name: 'Stand-in node', platform: 'proxmox', igpu: IGPU, facts: {} };
const CONFIG = `machine: q35
vga: none
hostpci0: 0000:00:02.0,pcie=1,romfile=good.rom
args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0
`;

/** A VM that boots nothing: all of a run but an answer of the guest, in seconds. */
export const EMPTY: GuestSource = { template: 9001, clone: 'linked' };
/** The same, every disk copied. */
export const COPIED: GuestSource = { template: 9001, clone: 'full' };
export const WINDOWS: GuestSource = { template: 9000, clone: 'linked' };
/** A VM of the lab's owner. */
export const OWN: GuestSource = { vm: 110 };

/** A cell for the lab's node. */
export function nodeCell(wanted: Parameters<typeof localCell>[0] = {}): Cell {
  return localCell({ host: HOST, config: CONFIG, recipe: 'good', ...wanted });
}

/** The same for a guest that answers nobody. */
export function silentCell(wanted: Partial<Cell> = {}): Cell {
  const cell = nodeCell(wanted);
  return { ...cell, guest: { ...cell.guest, agentDeadline: 3 }, expect: { verdict: 'inconclusive' } };
}

/** How a test reaches the lab: by the user's own `ssh root@pve`, which reads the lab's configuration here. */
export interface Reached extends Disposable {
  /** Where traces go. */
  readonly runs: string;
  run(cell: Cell, source: GuestSource, options?: RunOnNode): Promise<Run>;
}

export interface RunOnNode {
  readonly onEvent?: (event: PlanEvent) => void;
  readonly signal?: AbortSignal;
  readonly connection?: Partial<Connection>;
  readonly wait?: number;
  readonly patience?: Patience;
}

type Patience = NonNullable<Parameters<typeof openProxmox>[1]['patience']>;

export function reach(lab: Lab): Reached {
  const folder = mkdtempSync(join(tmpdir(), 'code43-node-'));
  const before = process.env['PATH'];
  process.env['PATH'] = `${sshShim(folder, lab.sshConfig)}${delimiter}${before ?? ''}`;
  const runs = join(folder, 'runs');
  mkdirSync(runs);
  return {
    runs,
    run: (cell, source, options = {}) => runOn(cell, source, runs, options),
    [Symbol.dispose]: () => {
      process.env['PATH'] = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a cell on the node that `ssh root@pve` reaches. */
export async function runOn(
  cell: Cell,
  source: GuestSource,
  directory: string,
  options: RunOnNode = {},
): Promise<Run> {
  await using host = openNode(cell, source, options);
  return await runOnHost(cell, host, directory, options);
}

/** The node, for several runs of it. */
export function openNode(cell: Cell, source: GuestSource, options: RunOnNode = {}): Host {
  const connection: Connection = {
    reach: { ssh: 'root@pve' },
    vmids: { from: 9100, to: 9109 },
    guests: { [cell.guest.id]: source },
    reboot: false,
    power: null,
    ...options.connection,
  };
  const { wait = 0, patience = {} } = options;
  // A guest that boots nothing does not hear of its power button.
  return openProxmox(connection, { cacheDir: cacheDir(), wait, patience: { acpi: 1, ...patience } });
}

/** @param directory where its trace goes */
export async function runOnHost(
  cell: Cell,
  host: Host,
  directory: string,
  { signal = new AbortController().signal, onEvent = () => undefined }: RunOnNode = {},
): Promise<Run> {
  return runCell(cell, host, {
    directory,
    tool: 'test',
    attempt: 1,
    plan: null,
    signal,
    emit: onEvent,
  });
}
