import type { Result } from '../../judge/result.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { CHECKS } from '../../trace/words.ts';
import { clip, clipId } from './clip.ts';
import { HISTORY_SCHEMA, type RunRecord } from './line.ts';

/** The findings that a line keeps; what they say in full is in the trace. */
const FINDINGS = 3;
const BOOTS = 40;
const ENTRIES = 12;

/** Facts of the host that readers ask for first; the others follow by name. */
const FACTS_FIRST = ['cpu', 'qemu', 'kernel', 'proxmox', 'accelerator'];

/**
 * What is kept of a run: a digest of its result and header, every text bounded.
 *
 * @param driver what the guest said runs the device, see `observedDriver`
 */
export function runRecord(header: TraceHeader, result: Result, driver: string | null): RunRecord {
  const axes = entries(result.axes, Object.keys(result.axes));
  const facts = entries(header.host.facts, factOrder(header.host.facts));
  const findings = result.findings.slice(0, FINDINGS);
  const boots = result.boots.slice(0, BOOTS);
  return {
    schema: HISTORY_SCHEMA,
    run: named(result.run, 130),
    trace: result.trace,
    tool: clip(result.tool, 30),
    rules: named(result.rules, 20),
    started: utc(result.started),
    attempt: result.attempt,
    cell: named(result.cell, 200),
    name: clip(result.name, 80),
    axes: axes.kept,
    identity: named(result.identity, 64),
    evidenceClass: result.evidenceClass,
    verdict: result.verdict,
    by: result.by,
    expect: expectation(result),
    asExpected: result.asExpected,
    host: hostOf(header, facts.kept),
    guest: {
      name: clip(header.guest.name, 50),
      build: header.guest.build === null ? null : clipId(header.guest.build, 64),
      driver: driver === null ? null : clip(driver, 60),
    },
    rom:
      header.rom === null
        ? null
        : {
            ref: clipId(header.rom.ref, 100),
            sha256: header.rom.sha256 === null ? null : clipId(header.rom.sha256, 64),
          },
    boots: boots.map(({ asked, observed, verdict, samples }) => [asked, observed, verdict, samples.length]),
    checks: {
      yes: CHECKS.filter((check) => result.checks[check] === 'yes'),
      no: CHECKS.filter((check) => result.checks[check] === 'no'),
    },
    findings: findings.map(({ id, severity, confidence, title }) => ({
      id: clipId(id, 50),
      severity,
      confidence,
      title: clip(title, 100),
    })),
    omitted: {
      boots: result.boots.length - boots.length,
      findings: result.findings.length - findings.length,
      axes: axes.omitted,
      facts: facts.omitted,
    },
  };
}

function hostOf({ host }: TraceHeader, facts: Record<string, string>): RunRecord['host'] {
  return {
    name: clip(host.name, 50),
    platform: host.platform,
    passthrough: host.passthrough,
    igpu: { id: clip(host.igpu.id, 20), address: clip(host.igpu.address, 20) },
    facts,
  };
}

function expectation({ expect }: Result): RunRecord['expect'] {
  if (expect === null) return null;
  const { verdict, finding } = expect;
  return finding === undefined ? { verdict } : { verdict, finding: clipId(finding, 50) };
}

interface Entries {
  readonly kept: Record<string, string>;
  readonly omitted: number;
}

/** The entries in the order of `keys`, bounded in number and length. */
function entries(all: Readonly<Record<string, string>>, keys: readonly string[]): Entries {
  // A record of that key has no own entry of it after it was read back.
  const wanted = keys.filter((key) => key !== '__proto__').slice(0, ENTRIES);
  const kept = Object.fromEntries(wanted.map((key) => [clipId(key, 60), clip(all[key] ?? '', 100)] as const));
  return { kept, omitted: keys.length - Object.keys(kept).length };
}

function factOrder(facts: Readonly<Record<string, string>>): readonly string[] {
  const rank = (key: string): number => FACTS_FIRST.indexOf(key) + 1 || FACTS_FIRST.length + 1;
  return Object.keys(facts)
    .sort()
    .sort((a, b) => rank(a) - rank(b));
}

/** A text by which something is found again is never empty. */
function named(text: string, room: number): string {
  return text === '' ? '-' : clipId(text, room);
}

/** The time as ISO 8601 UTC to the millisecond, or null where the text is none of our years. */
function utc(time: string | null): string | null {
  const parsed = Date.parse(time ?? '');
  if (Number.isNaN(parsed)) return null;
  const iso = new Date(parsed).toISOString();
  return /^\d{4}-/.test(iso) ? iso : null;
}
