import { join } from 'node:path';
import { hostname, homedir, userInfo } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Host, Vm } from '../host/host.ts';
import { judge } from '../judge/judge.ts';
import type { Result } from '../judge/result.ts';
import type { Cell } from '../scenario/cell.ts';
import { Recorder } from '../trace/recorder.ts';
import { loadTrace } from '../trace/store.ts';
import { describeUnknown, openHeader } from './header.ts';
import { observeBoot } from './observe-boot.ts';
import type { PlanEvent } from './plan-event.ts';
import { Watch } from './watch.ts';

export interface RunOptions {
  /** Directory that gets one directory a run. */
  readonly directory: string;
  readonly tool: string;
  readonly attempt: number;
  /** Id of the plan it belongs to. */
  readonly plan: string;
  readonly signal: AbortSignal;
  readonly emit: (event: PlanEvent) => void;
}

/** One finished run: where its trace is, and what the judge says of it. */
export interface Run {
  readonly directory: string;
  readonly result: Result;
  /** Publishable facts of the host, such as its QEMU and accelerator. */
  readonly facts: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/**
 * Runs one cell once: prepares a VM, does the boots, judges the trace. Whatever goes wrong in the lab becomes an
 * `error` in the trace; the VM and all it made are gone when this returns.
 *
 * @param host null when this host has no driver here
 * @throws RecorderError when the trace itself cannot be written
 */
export async function runCell(cell: Cell, host: Host | null, options: RunOptions): Promise<Run> {
  const began = performance.now();
  const clock = (): number => (performance.now() - began) / 1000;
  options.emit({ cell: cell.id, kind: 'begin', boots: cell.boots.length });
  const unmet = await whatIsUnmet(cell, host);
  const described = host === null || unmet.length > 0 ? describeUnknown(cell) : await host.describe(cell);
  const header = openHeader(cell, described, options);
  const watch = new Watch({ ...header, events: null }, clock, options.emit);
  const unwritten = new AbortController();
  const recorder = new Recorder(join(options.directory, header.id), header, {
    clock,
    names: identities(),
    onEvent: (event) => {
      watch.feed(event);
    },
    onFailure: (error) => {
      unwritten.abort(error);
    },
  });
  const signal = AbortSignal.any([options.signal, unwritten.signal]);
  try {
    for (const why of unmet) recorder.record({ ch: 'note', kind: 'unmet', why });
    if (host !== null && unmet.length === 0)
      await doBoots(cell, host, recorder, watch, { ...options, signal });
  } finally {
    recorder.close();
  }
  const trace = await loadTrace(recorder.directory);
  const result = judge(trace);
  const seconds = clock();
  options.emit({
    cell: cell.id,
    kind: 'end',
    verdict: result.verdict,
    asExpected: result.asExpected,
    seconds,
  });
  return { directory: recorder.directory, result, facts: trace.header.host.facts, seconds };
}

async function whatIsUnmet(cell: Cell, host: Host | null): Promise<readonly string[]> {
  if (host === null)
    return [`this version has no driver for ${cell.host.platform} hosts (${cell.host.name})`];
  return host.unmet(cell);
}

/** All boots in order, as long as the guest can be driven. Failures of the lab end the run and are recorded. */
async function doBoots(
  cell: Cell,
  host: Host,
  recorder: Recorder,
  watch: Watch,
  options: RunOptions,
): Promise<void> {
  let vm: Vm | null = null;
  // Said before anything is taken down, so that what the tear-down does is not taken for an observation.
  const onStop = (): void => {
    recorder.record({ ch: 'note', kind: 'stopped', why: 'stopped by the user' });
  };
  if (options.signal.aborted) onStop();
  else options.signal.addEventListener('abort', onStop, { once: true });
  try {
    vm = await host.prepare(cell, (observation) => {
      recorder.record(observation);
    });
    await bootAfterBoot(cell, vm, recorder, watch, options);
  } catch (error) {
    if (!options.signal.aborted) recorder.record({ ch: 'note', kind: 'lab.error', text: messageOf(error) });
  } finally {
    options.signal.removeEventListener('abort', onStop);
  }
  try {
    await vm?.[Symbol.asyncDispose]();
  } catch (error) {
    recorder.record({ ch: 'note', kind: 'lab.error', text: `cleaning up failed: ${messageOf(error)}` });
  }
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
    const cannot = stuck ?? vm.cannot(asked);
    if (cannot !== null) {
      recorder.record({ ch: 'note', kind: 'boot.skip', boot, asked, why: cannot });
      continue;
    }
    options.emit({ cell: cell.id, kind: 'boot', boot, asked });
    recorder.record({ ch: 'note', kind: 'boot.begin', boot, asked });
    await vm.boot(asked, options.signal);
    const { why, drivable } = await observeBoot(vm, watch, options.signal);
    recorder.record({ ch: 'note', kind: 'boot.end', boot, why });
    if (!drivable) stuck = `the boot before left nothing to drive: ${why}`;
  }
}

/** Names of this machine and its user; they never enter a trace. */
function identities(): readonly string[] {
  return [hostname(), userInfo().username, homedir()];
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
