import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findTraces, loadHeader, loadTrace } from '../../trace/store.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { qemuPids } from '../cli.fixture.ts';
import type { Row } from './row.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Seconds for all rows of one run, and until a guest's agent has answered. */
const LONGEST = 900;
const SOON = 60;

/** What a row came to, as `run --json` prints it. */
export interface RowResult {
  readonly cell: string;
  readonly verdict: string;
  readonly asExpected: boolean | null;
  readonly findings: readonly { readonly id: string; readonly title: string; readonly detail: string }[];
}

/** What came of a row, in words, for whoever reads that it was not what its scenario expects. */
export function cameTo(result: RowResult | undefined): string {
  if (result === undefined) return 'it did not run';
  const found = result.findings.map(({ id, title, detail }) => `${id}: ${title}. ${detail}`);
  return [`it came to ${result.verdict}`, ...found].join('\n');
}

/** A project of its own in a temporary folder: the scenarios, the ROMs, and an owner who allows what the rows need. */
export class Bench implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(rows: readonly Row[]): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'code43-failures-'));
    for (const part of ['scenarios', 'roms'])
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    await mkdir(join(folder, 'config', 'code43'), { recursive: true });
    await writeFile(join(folder, 'config', 'code43', 'hosts.yaml'), ownerText(rows));
    for (const [path, bytes] of rows.flatMap((row) => Object.entries(row.files ?? {}))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    return new Bench(folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs these rows with one `code43 run`, several at once. */
  async run(rows: readonly Row[]): Promise<readonly RowResult[]> {
    if (rows.length === 0) return [];
    const undo: (() => Promise<void>)[] = [];
    try {
      for (const { before } of rows) if (before !== undefined) undo.push(await before(this.folder));
      return await this.#code43(rows);
    } finally {
      for (const one of undo) await one();
    }
  }

  /** The directories of the traces that the rows have left, by cell. */
  async traces(): Promise<ReadonlyMap<string, string>> {
    const directories = await findTraces(join(this.folder, 'reports', 'runs'));
    const byCell = directories.map(async (directory) => {
      const { cell } = await loadHeader(directory);
      return [cell.id, directory] as const;
    });
    return new Map(await Promise.all(byCell));
  }

  async #code43(rows: readonly Row[]): Promise<readonly RowResult[]> {
    const words = ['run', ...rows.map(scenarioOf), '--json'];
    const child = spawn(process.execPath, [join(ROOT, 'harness/cli/bin.mjs'), ...words], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST * 1000,
      env: {
        ...process.env,
        CODE43_ACCEL: 'tcg',
        XDG_CONFIG_HOME: join(this.folder, 'config'),
        ...(Object.assign({}, ...rows.map((row) => row.env ?? {})) as Record<string, string>),
      },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const closed = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    const [strike] = rows.flatMap((row) => row.strike ?? []);
    if (strike !== undefined) await this.#strike(strike);
    const code = await closed;
    try {
      return (JSON.parse(out) as { results: readonly RowResult[] }).results;
    } catch (cause) {
      throw new Error(`code43 ${words.join(' ')} ended with ${code ?? 'a signal'}:\n${err.slice(-2000)}`, {
        cause,
      });
    }
  }

  /** Sends a signal to the QEMU of the one run here, as soon as its guest agent has answered. */
  async #strike(signal: NodeJS.Signals): Promise<void> {
    for (let tries = 0; tries < SOON * 10; tries += 1) {
      const [directory] = await findTraces(join(this.folder, 'reports', 'runs'));
      const events = directory === undefined ? [] : await eventsOf(directory);
      const up = events.some((event) => event.ch === 'agent' && event.kind === 'up');
      const [pid] = qemuPids(events);
      if (up && pid !== undefined) {
        process.kill(pid, signal);
        return;
      }
      await pause(100);
    }
    throw new Error('the guest agent did not answer, so there was nothing to strike');
  }
}

/** `failures/<id>`. */
export function scenarioOf(row: Row): string {
  return `failures/${row.id}`;
}

/** A row that wants the machine, the environment or its QEMU for itself. */
export function isAlone(row: Row): boolean {
  return row.env !== undefined || row.before !== undefined || row.strike !== undefined;
}

/** The owner's file that allows what these rows need. */
export function ownerText(rows: readonly Row[]): string {
  const lines = new Set(rows.flatMap((row) => row.ownerArgs ?? []));
  return `local: ${JSON.stringify({ args: [...lines] })}\n`;
}

/** A trace that is being written may end in half a line, and its header may not be whole yet. */
async function eventsOf(directory: string): Promise<readonly TraceEvent[]> {
  return loadTrace(directory).then(
    ({ events }) => events,
    () => [],
  );
}
