import { stripVTControlCharacters } from 'node:util';
import builder from 'junit-report-builder';
import type { Finding, Result } from '../judge/result.ts';

type Suite = ReturnType<typeof builder.testSuite>;
type Case = ReturnType<Suite['testCase']>;

const LINE_LIMIT = 2000;

/**
 * JUnit XML as Jenkins reads it (its junit-10.xsd): one test suite a scenario, one test case a cell, whose attempts are
 * lines of its system-out. The expectation is the test: a verdict as expected passes, any other fails, an unexpected
 * `pass` included; `error` is an error, `skip` is skipped. With attempts, each that is not an `error` must be as
 * expected. `properties` are the facts of the whole run, repeated in each suite. Cells that a stopped plan did not come
 * to are skipped. Times are seconds.
 */
export function junitXml(
  results: readonly Result[],
  options: {
    readonly name: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly notRun?: readonly { readonly id: string; readonly scenario: string }[];
  },
): string {
  const report = builder.newBuilder().name(plain(options.name));
  const { notRun = [] } = options;
  const scenarios = groupBy(results, (result) => result.scenario);
  for (const { scenario } of notRun) scenarios.set(scenario, scenarios.get(scenario) ?? []);
  for (const [scenario, runs] of scenarios) {
    const suite = report.testSuite().name(plain(scenario));
    suite.time(sum(runs.map(secondsOf)));
    const started = runs.flatMap((run) => run.started ?? []).sort()[0];
    if (started !== undefined) suite.timestamp(plain(started).replace(/(\.\d+)?Z$/, ''));
    for (const [name, value] of Object.entries({ ...factsOf(runs), ...options.properties })) {
      suite.property(plain(name), plain(value));
    }
    for (const attempts of groupBy(runs, (result) => result.cell).values()) writeCell(suite, attempts);
    for (const { id } of notRun.filter((cell) => cell.scenario === scenario)) {
      suite.testCase().name(plain(id)).className(plain(scenario)).time(0).skipped();
    }
  }
  return withoutRootSkipped(report.build());
}

function writeCell(suite: Suite, runs: readonly Result[]): void {
  const attempts = runs.toSorted((a, b) => a.attempt - b.attempt);
  const [first] = attempts;
  if (first === undefined) return;
  const written = suite.testCase().name(plain(first.cell)).className(plain(first.scenario));
  written.time(sum(attempts.map(secondsOf)));
  written.standardOutput(cdata(attempts.map(attemptLine)));
  writeOutcome(written, attempts);
}

function writeOutcome(written: Case, attempts: readonly Result[]): void {
  const judged = attempts.filter(({ verdict }) => verdict !== 'error');
  const unexpected = judged.filter(({ asExpected, verdict }) => asExpected === false && verdict !== 'skip');
  const [worst] = unexpected;
  if (worst !== undefined) {
    const type = unexpected.length < judged.length ? 'flaky' : typeOf(worst);
    const count = type === 'flaky' ? `flaky ${unexpected.length}/${judged.length}: ` : '';
    written.failure(plain(count + messageOf(worst)), type);
    written.stacktrace(cdata(unexpected.map(explanation)));
  } else if (judged.length === 0) {
    const [broken] = attempts;
    if (broken !== undefined)
      written.error(plain(messageOf(broken)), 'error', cdata(attempts.map(explanation)));
  } else if (judged.every(({ verdict }) => verdict === 'skip')) {
    written.skipped();
  }
}

function typeOf({ verdict }: Result): string {
  return verdict === 'inconclusive' ? verdict : `unexpected-${verdict}`;
}

function messageOf(result: Result): string {
  const [first] = result.findings;
  const why = first === undefined ? '' : `: ${first.id}: ${first.title}`;
  return `${verdictWords(result)}${why}`;
}

function verdictWords({ verdict, by, expect, asExpected }: Result): string {
  const said = by === 'statement' ? ', by statement' : '';
  if (asExpected === null || expect === null) return `${verdict}${said}`;
  const expected = [expect.verdict, expect.finding].filter(Boolean).join(' with ');
  return `${verdict}${said}, ${asExpected ? 'as expected' : `expected ${expected}`}`;
}

function attemptLine(result: Result): string {
  return `attempt ${result.attempt}: ${messageOf(result)} (${result.evidenceClass}, run ${result.run}, trace ${result.trace ?? 'unfinished'})`;
}

function explanation(result: Result): string {
  return [attemptLine(result), ...result.findings.flatMap(findingLines)].join('\n');
}

function findingLines(finding: Finding): readonly string[] {
  const { supported = [], alsoSeen = [] } = finding.fix ?? {};
  return [
    `${finding.severity}, ${finding.confidence}: ${finding.id}: ${finding.title}`,
    `  ${finding.detail}`,
    ...finding.evidence.map(({ n, source, text }) => `  | ${source}${n === null ? '' : ` #${n}`}: ${text}`),
    ...supported.map(({ where, text, why }) => `  fix, supported by known facts (${where}: ${why}): ${text}`),
    ...alsoSeen.map(
      ({ where, text, why }) => `  also seen, not shown to be needed (${where}: ${why}): ${text}`,
    ),
    ...finding.collect.map((what) => `  would settle it: ${what}`),
  ];
}

function factsOf(runs: readonly Result[]): Record<string, string> {
  const each = (value: (run: Result) => string): string => [...new Set(runs.map(value))].sort().join(', ');
  return {
    hosts: each((run) => run.host),
    guests: each((run) => run.guest),
    evidence: each((run) => run.evidenceClass),
    rules: each((run) => run.rules),
    tool: each((run) => run.tool),
  };
}

/** Seconds from the first boot's beginning to the last thing known of the run. */
function secondsOf({ boots }: Result): number {
  const [first] = boots;
  if (first === undefined) return 0;
  const ends = boots.map((boot) => boot.ended ?? boot.samples.at(-1)?.t ?? boot.began);
  return Math.max(0, Math.max(...ends) - first.began);
}

const sum = (values: readonly number[]): number =>
  Math.round(values.reduce((total, value) => total + value, 0) * 1000) / 1000;

function groupBy(results: readonly Result[], key: (result: Result) => string): Map<string, Result[]> {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(key(result), [...(groups.get(key(result)) ?? []), result]);
  return groups;
}

/** The builder counts skipped cases on the root too, which Jenkins' schema does not allow there. */
function withoutRootSkipped(xml: string): string {
  return xml.replace(/(<testsuites(?: \w+="[^"]*")*?) skipped="\d+"/, '$1');
}

/** The builder splits only the first `]]>` of a text; any further one would end the section. */
function cdata(paragraphs: readonly string[]): string {
  return plain(paragraphs.join('\n')).replaceAll(']]>', ']] >');
}

/** Without terminal codes and what XML or a reader's terminal cannot stand; lines stay, each bounded. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, '')
    .split('\n')
    .map((line) => Array.from(line).slice(0, LINE_LIMIT).join(''))
    .join('\n');
}
