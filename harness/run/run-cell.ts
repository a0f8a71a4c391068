import { join } from 'node:path';
import { hostname, homedir, userInfo } from 'node:os';
import { performance } from 'node:perf_hooks';
import { noWayTo } from '../host/drivers.ts';
import type { Host, Vm } from '../host/host.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import type { Cell } from '../scenario/cell.ts';
import type { Observation } from '../trace/event.ts';
import type { ConsoleUse, Recording } from '../trace/header.ts';
import type { BootKind } from '../trace/words.ts';
import { Recorder } from '../trace/recorder.ts';
import { loadTrace } from '../trace/store.ts';
import {
  type Attend,
  type Attendance,
  consoleOf,
  type Kept,
  type RunAtConsole,
  untilDown,
} from './attend.ts';
import { describeUnknown, openHeader } from './header.ts';
import { observeBoot } from './observe-boot.ts';
import { LastShown } from './last-shown.ts';
import type { PlanEvent } from './plan-event.ts';
import { Watch } from './watch.ts';

export interface RunOptions {
  /** Directory that gets one directory a run. */
  readonly directory: string;
  readonly tool: string;
  readonly attempt: number;
  /** Id of the plan it belongs to; null: it is a run of its own. */
  readonly plan: string | null;
  readonly signal: AbortSignal;
  readonly emit: (event: PlanEvent) => void;
  /** Brings a person to the console, from before the first boot: the run then decides nothing. */
  readonly attend?: Attend;
  /** Asked once the boots are over, with what they came to: is the VM to stay up? */
  readonly keep?: (result: Result) => boolean;
}

/** One finished run: where its trace is, and what the judge says of it. */
export interface Run {
  readonly directory: string;
  readonly result: Result;
  /** Publishable facts of the host, such as its QEMU and accelerator. */
  readonly facts: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** What was recorded of its console, beside its events. */
  readonly recordings: readonly Recording[];
  /** The VM, where it was to stay up: it is the caller's to take down. */
  readonly kept: Kept | null;
}

/**
 * Runs one cell once: prepares a VM, does the boots, judges the trace. Whatever goes wrong in the lab becomes an
 * `error` in the trace; the VM and all it made are gone when this returns, unless it is kept.
 *
 * @param host null when this host has no driver here
 * @throws RecorderError when the trace itself cannot be written
 */
export async function runCell(cell: Cell, host: Host | null, options: RunOptions): Promise<Run> {
  const began = performance.now();
  const clock = (): number => (performance.now() - began) / 1000;
  options.emit({ cell: cell.id, kind: 'begin', boots: cell.boots.length });
  const { unmet, described, names, failed } = await look(cell, host);
  const header = { ...openHeader(cell, described, options), ...consoleUse(options) };
  const watch = new Watch({ ...header, events: null }, clock, options.emit);
  const unwritten = new AbortController();
  const recorder = new Recorder(join(options.directory, header.id), header, {
    clock,
    names: [...identities(), ...names],
    onEvent: (event) => {
      watch.feed(event);
    },
    onFailure: (error) => {
      unwritten.abort(error);
    },
  });
  const signal = AbortSignal.any([options.signal, unwritten.signal]);
  let done: Done = { recordings: [], kept: null };
  try {
    for (const why of unmet) recorder.record({ ch: 'note', kind: 'unmet', why });
    const fail = failing(cell, recorder, options);
    if (failed !== null) fail(failed);
    else if (host !== null && unmet.length === 0)
      done = await doBoots(cell, host, { recorder, watch, fail }, { ...options, signal });
    recorder.close(done.recordings);
    const trace = await loadTrace(recorder.directory);
    const result = judge(trace);
    const seconds = clock();
    const { verdict, asExpected } = result;
    options.emit({ cell: cell.id, kind: 'end', verdict, asExpected, seconds });
    const { facts } = trace.header.host;
    return { directory: recorder.directory, result, facts, seconds, ...done };
  } catch (error) {
    await done.kept?.[Symbol.asyncDispose]();
    throw error;
  } finally {
    recorder.close();
  }
}

/** What remains of a run's boots beside their trace. */
interface Done {
  readonly recordings: readonly Recording[];
  readonly kept: Kept | null;
}

function consoleUse({ attend, keep }: RunOptions): { readonly console?: ConsoleUse } {
  if (attend !== undefined) return { console: 'attended' };
  return keep === undefined ? {} : { console: 'offered' };
}

interface Look {
  readonly unmet: readonly string[];
  readonly described: Awaited<ReturnType<Host['describe']>>;
  /** Of the host's machine. */
  readonly names: readonly string[];
  /** Why the host could not even be looked at; null: it could. */
  readonly failed: string | null;
}

/** What the host says before a run. One that does not answer is a failure of the lab, and recorded as one. */
async function look(cell: Cell, host: Host | null): Promise<Look> {
  const unknown = { unmet: [], described: describeUnknown(cell), names: [], failed: null };
  if (host === null) return { ...unknown, unmet: [noWayTo(cell.host)] };
  try {
    const unmet = await host.unmet(cell);
    if (unmet.length > 0) return { ...unknown, unmet };
    return { unmet, described: await host.describe(cell), names: await host.names(), failed: null };
  } catch (error) {
    return { ...unknown, failed: messageOf(error) };
  }
}

/** Who hears of a run's boots. */
interface Told {
  readonly recorder: Recorder;
  readonly watch: Watch;
  readonly fail: (text: string) => void;
}

/** All boots in order, as long as the guest can be driven. Failures of the lab end the run and are recorded. */
async function doBoots(
  cell: Cell,
  host: Host,
  { recorder, watch, fail }: Told,
  options: RunOptions,
): Promise<Done> {
  let vm: Vm | null = null;
  let attendance: Attendance | null = null;
  let lastShown: LastShown | null = null;
  let kept: Kept | null = null;
  let asPlanned = true;
  // Said before anything is taken down, so that what the tear-down does is not taken for an observation.
  const onStop = (): void => {
    asPlanned = false;
    recorder.record({ ch: 'note', kind: 'stopped', why: messageOf(options.signal.reason) });
  };
  if (options.signal.aborted) onStop();
  else options.signal.addEventListener('abort', onStop, { once: true });
  try {
    const record = (observation: Observation): void => {
      recorder.record(observation);
    };
    const { attend, keep } = options;
    vm = await host.prepare(cell, record, {
      run: watch.run,
      signal: options.signal,
      tell: (what, seconds) => {
        watch.announce(what, watch.now() + seconds);
      },
      console: attend !== undefined || keep !== undefined,
    });
    attendance = (await attend?.(consoleOf(vm, cell.host.name), atConsole(recorder))) ?? null;
    if (keep !== undefined && vm.console) lastShown = new LastShown(vm.console);
    await bootAfterBoot(cell, vm, recorder, watch, options);
    // A VM that is to be looked into is not taken down for a control.
    kept = keptOf(vm, lastShown, recorder, watch, options);
    if (kept === null) await bootControl(vm, recorder, watch, options.signal);
  } catch (error) {
    asPlanned = false;
    if (!options.signal.aborted) fail(messageOf(error));
    kept = vm && keptOf(vm, lastShown, recorder, watch, options);
  } finally {
    options.signal.removeEventListener('abort', onStop);
  }
  if (attendance !== null && vm?.console) await untilDown(vm.console, options.signal);
  try {
    if (kept === null) await vm?.[Symbol.asyncDispose]();
  } catch (error) {
    asPlanned = false;
    fail(`cleaning up failed: ${messageOf(error)}`);
  }
  if (asPlanned) recorder.record({ ch: 'note', kind: 'run.end' });
  return { recordings: (await attendance?.end()) ?? [], kept };
}

/** A failure of the lab goes into the trace, where names are replaced, and is told as it is to who sits here. */
function failing(cell: Cell, recorder: Recorder, { emit }: Pick<RunOptions, 'emit'>): (text: string) => void {
  return (text) => {
    recorder.record({ ch: 'note', kind: 'lab.error', text });
    emit({ cell: cell.id, kind: 'trouble', text });
  };
}

/** The VM itself, if it is up and wanted: its run is over, and nothing that happens from here on belongs to it. */
function keptOf(
  vm: Vm,
  lastShown: LastShown | null,
  recorder: Recorder,
  watch: Watch,
  { keep, signal }: RunOptions,
): Kept | null {
  if (lastShown === null || signal.aborted || !vm.console?.running() || keep?.(watch.result()) !== true)
    return null;
  const takeDown = (): PromiseLike<void> => vm[Symbol.asyncDispose]();
  const looked = { console: vm.console, lastShown, agent: watch.agentAlive() };
  return { ...looked, ...atConsole(recorder), [Symbol.asyncDispose]: takeDown };
}

function atConsole(recorder: Recorder): RunAtConsole {
  return {
    directory: recorder.directory,
    redact: (text) => recorder.redact(text),
    note: (text) => {
      recorder.record({ ch: 'note', kind: 'info', text });
    },
  };
}

async function bootAfterBoot(
  cell: Cell,
  vm: Vm,
  recorder: Recorder,
  watch: Watch,
  options: RunOptions,
): Promise<void> {
  let stuck: string | null = null;
  for (const [boot, asked] of cell.boots.entries()) {
    const cannot = stuck ?? (await vm.cannot(asked));
    if (cannot !== null) {
      recorder.record({ ch: 'note', kind: 'boot.skip', boot, asked, why: cannot });
      continue;
    }
    options.emit({ cell: cell.id, kind: 'boot', boot, asked });
    recorder.record({ ch: 'note', kind: 'boot.begin', boot, asked });
    await bootOnce(vm, asked, watch, options.signal);
    const { why, drivable } = await observeBoot(vm, watch, options.signal);
    recorder.record({ ch: 'note', kind: 'boot.end', boot, why });
    if (!drivable) stuck = `the boot before left nothing to drive: ${why}`;
  }
}

/** A guest that is asked to restart may panic instead; a new process is waited for in any case. */
async function bootOnce(vm: Vm, asked: BootKind, watch: Watch, signal: AbortSignal): Promise<void> {
  const fresh = asked === 'start' || asked === 'cold';
  if (fresh) await vm.boot(asked, signal);
  else await watch.untilOver((either) => vm.boot(asked, either), signal);
}

/**
 * Starts the same guest without the device, once, where a boot came to no verdict: it tells whether the combination or
 * the lab's own guest is to blame.
 */
async function bootControl(vm: Vm, recorder: Recorder, watch: Watch, signal: AbortSignal): Promise<void> {
  const wanted = watch.control();
  if (wanted === null) return;
  const { of } = wanted;
  recorder.record({ ch: 'note', kind: 'control.begin', of });
  await vm.bootControl(signal);
  const { why } = await observeBoot(vm, watch, signal);
  recorder.record({ ch: 'note', kind: 'control.end', of, why });
}

/** Names of this machine and its user; they never enter a trace. */
function identities(): readonly string[] {
  return [hostname(), userInfo().username, homedir()];
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
