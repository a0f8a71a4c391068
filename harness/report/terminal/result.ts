import type { BootResult, Result, Sample } from '../../judge/result.ts';
import { CHECKS } from '../../trace/words.ts';
import { printable } from '../../text/printable.ts';
import { findingLines, indented } from './finding.ts';
import { paint, paintVerdict, verdictMark, type TerminalOptions } from './paint.ts';
import { expectedWords } from './results.ts';
import { wrap } from './width.ts';

const SAMPLE_LINES = 30;

/** One run in detail: the verdict, its boots with their samples, the checks, every finding in order of rank. */
export function renderResult(result: Result, options: TerminalOptions): string {
  const lines = [
    ...head(result, options),
    ...result.boots.flatMap((boot) => ['', ...bootLines(boot, options)]),
    '',
    ...wrap(checkLine(result), options.columns),
    ...result.findings.flatMap((finding) => ['', ...findingLines(finding, options)]),
  ];
  return `${lines.join('\n')}\n`;
}

function head(result: Result, options: TerminalOptions): readonly string[] {
  const by = result.by === 'statement' ? ', by statement' : '';
  const verdict = paintVerdict(options.colour, result.verdict);
  const facts = [
    `host ${printable(result.host, 80)}`,
    `guest ${printable(result.guest, 80)}`,
    `ROM ${result.rom === null ? 'unknown' : printable(result.rom, 120)}`,
    `run ${printable(result.run, 80)}`,
    `trace ${result.trace === null ? 'unfinished' : printable(result.trace, 80)}`,
    `code43 ${printable(result.tool, 40)}, rules ${printable(result.rules, 40)}`,
  ];
  return [
    ...wrap(printable(result.cell, 200), options.columns).map((line) => paint(options.colour, 'bold', line)),
    `${verdictMark(options.colour, result.verdict)}${verdict}${by}`,
    ...wrap(`${printable(expectedWords(result))}; evidence class: ${result.evidenceClass}`, options.columns),
    ...wrap(facts.join(' · '), options.columns),
  ];
}

function bootLines(boot: BootResult, options: TerminalOptions): readonly string[] {
  const observed = boot.observed ?? 'nothing';
  const kind = boot.observed === boot.asked ? boot.asked : `${boot.asked} asked, ${observed} observed`;
  const took = boot.ended === null ? 'never ended' : `${seconds(boot.ended - boot.began)} s`;
  const agent =
    boot.agentUp === null ? 'agent never answered' : `agent after ${seconds(boot.agentUp - boot.began)} s`;
  const settled = boot.settled ? 'settled' : 'not settled';
  const title = `boot ${boot.boot + 1} (${kind}): ${boot.verdict}, ${took}, ${agent}, ${settled}`;
  const groups = inRow(boot.samples);
  return [
    ...wrap(title, options.columns),
    ...groups.slice(0, SAMPLE_LINES).flatMap((group) => indented(sampleLine(group, boot), 2, options)),
    ...(groups.length > SAMPLE_LINES ? [`  … (${groups.length - SAMPLE_LINES} more changes)`] : []),
  ];
}

/** Samples of one state in a row stand on one line: a settle window is a dozen of the same. */
function inRow(samples: readonly Sample[]): readonly (readonly Sample[])[] {
  const groups: Sample[][] = [];
  for (const sample of samples) {
    const last = groups.at(-1);
    if (last?.[0]?.state === sample.state && last[0].code === sample.code) last.push(sample);
    else groups.push([sample]);
  }
  return groups;
}

function sampleLine(group: readonly Sample[], boot: BootResult): string {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return '';
  const from = seconds(first.t - boot.began);
  const span = group.length === 1 ? `at ${from} s` : `from ${from} s to ${seconds(last.t - boot.began)} s`;
  const samples = group.length === 1 ? '1 sample' : `${group.length} samples`;
  const numbers = group.length === 1 ? `#${first.n}` : `#${first.n} to #${last.n}`;
  return `${printable(first.state, 80)}: ${samples} ${span} (${numbers})`;
}

function checkLine({ checks }: Result): string {
  const of = (state: string): string => CHECKS.filter((check) => checks[check] === state).join(' ');
  const parts = (['yes', 'no', 'unobserved'] as const).filter((state) => of(state) !== '');
  return `checks: ${parts.map((state) => `${state}: ${of(state)}`).join('; ')}`;
}

const seconds = (value: number): string => value.toFixed(1);
