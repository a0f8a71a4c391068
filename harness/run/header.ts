import { randomBytes } from 'node:crypto';
import type { Host } from '../host/host.ts';
import type { Cell } from '../scenario/cell.ts';
import { compactStamp } from './compact-stamp.ts';
import { TRACE_SCHEMA } from '../trace/header.ts';
import type { OpenHeader } from '../trace/recorder.ts';
import { parseVmConfig } from '../vmconfig/parse.ts';
import { underTest } from '../vmconfig/under-test.ts';

type Description = Awaited<ReturnType<Host['describe']>>;

/** The header a run begins with: the cell as it was asked for, and what the host says of itself. */
export function openHeader(
  cell: Cell,
  described: Description,
  options: { readonly tool: string; readonly attempt: number; readonly plan: string | null },
): OpenHeader {
  const started = new Date();
  return {
    schema: TRACE_SCHEMA,
    id: runId(cell, started, options.attempt),
    tool: { name: 'code43', version: options.tool },
    origin: 'run',
    ...(options.plan === null ? {} : { plan: options.plan }),
    started: started.toISOString(),
    cell: {
      id: cell.id,
      scenario: cell.scenario,
      name: cell.name,
      axes: { ...cell.axes },
      config: configUnderTest(cell.config),
      boots: [...cell.boots],
      settle: cell.settle,
      expect: cell.expect,
      attempt: options.attempt,
    },
    ...described,
  };
}

/** Only the keys under test: identity and storage are the guest's own and stay out of the trace. */
export function configUnderTest(config: string): string {
  return underTest(parseVmConfig(config))
    .map((entry) => `${entry.key}: ${entry.value}\n`)
    .join('');
}

/** What can be said without a host: the facts of its file. */
export function describeUnknown(cell: Cell): Description {
  return {
    host: {
      name: cell.host.name,
      platform: cell.host.platform,
      virtual: null,
      passthrough: null,
      igpu: {
        id: cell.host.igpu.id,
        address: cell.host.igpu.address,
        driver: cell.host.igpu.driver[cell.guest.probe] ?? {},
      },
      facts: { ...cell.host.facts },
    },
    guest: {
      name: cell.guest.name,
      probe: cell.guest.probe,
      build: null,
      deviceAddress: null,
      agentDeadline: cell.guest.agentDeadline,
      ...(cell.guest.config === undefined ? {} : { config: cell.guest.config }),
      ...(cell.fault === null ? {} : { fault: cell.fault }),
    },
    rom: { ref: cell.rom.ref, sha256: 'sha256' in cell.rom ? cell.rom.sha256 : null, facts: null },
    clocks: { note: 'harness' },
  };
}

/** Sortable by time, unique, and a plain file name. */
function runId(cell: Cell, started: Date, attempt: number): string {
  const name = cell.id
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
  const suffix = randomBytes(3).toString('hex');
  return `${compactStamp(started)}-${name}${attempt > 1 ? `-attempt-${attempt}` : ''}-${suffix}`;
}
