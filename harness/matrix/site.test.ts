import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import {
  failing,
  hostile,
  passing,
  repeats,
  samples,
  simulatedPass,
  statement,
} from '../report/fixtures/samples.ts';
import { sampleRun, type SampleRun } from '../report/fixtures/sample-run.ts';
import type { TraceEvent } from '../trace/event.ts';
import { BOOT_KINDS, CHECKS, EVIDENCE_CLASSES, VERDICTS } from '../trace/words.ts';
import { runRecord } from '../report/history/run-record.ts';
import { buildRunPage, buildSite } from './site.tsx';
import type { SiteRun } from './site-run.ts';

const options = { built: '2026-11-22T14:05:00.000Z', tool: '0.1.0' };
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    'void-style': ['error', { style: 'selfclose' }],
    'long-title': 'off',
  },
});

const siteRun = ({ header, result }: SampleRun, changes: Partial<SiteRun> = {}): SiteRun => ({
  record: runRecord(header, result, 'igfxn 32.0.101.7088'),
  earlier: [],
  kept: 'history',
  page: true,
  ...changes,
});
const build = (...samples: readonly SampleRun[]): ReadonlyMap<string, string> =>
  new Map([
    ...buildSite(
      samples.map((sample) => siteRun(sample)),
      options,
    ),
    ...samples.map((sample) => buildRunPage(sample, siteRun(sample), options)),
  ]);
const pageOf = (site: ReadonlyMap<string, string>, path: string): string => site.get(path) ?? `no ${path}`;
const htmlOf = (site: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...site].filter(([path]) => path.endsWith('.html'));
const cellPage = (runs: readonly SiteRun[]): string =>
  [...buildSite(runs, options)].find(([path]) => path.startsWith('cells/'))?.[1] ?? 'no cell';
/** Runs of one cell: a newer QEMU, a lab that failed, a failure, and newer rules that judged a run again. */
function overTime(): readonly SiteRun[] {
  const { record } = siteRun(passing);
  const qemu = { ...record.host, facts: { ...record.host.facts, qemu: '10.1.0' } };
  const run = (day: number, changes: Partial<SiteRun['record']>, site: Partial<SiteRun> = {}): SiteRun => ({
    ...siteRun(passing),
    record: { ...record, run: `r${day}`, started: `2026-11-${day}T02:14:00.000Z`, ...changes },
    ...site,
  });
  return [
    run(11, {}),
    run(12, { verdict: 'error', host: qemu }, { page: false }),
    run(13, { verdict: 'fail', host: qemu, attempt: 2, asExpected: false }, { kept: 'here' }),
    run(14, { host: qemu, rules: '2' }, { earlier: [{ ...record, verdict: 'fail' }] }),
  ];
}
/** What a reader sees: the page without its tags. */
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const runPage = (run: SampleRun): string => pageOf(build(run), `runs/${run.result.run}.html`);

test('every page is valid and accessible HTML', async () => {
  for (const [path, html] of htmlOf(build(...samples, hostile('"><img src=x>&amp;')))) {
    const { results } = await validator.validateString(html);
    const messages = results.flatMap((result) => result.messages);
    expect(messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`)).toEqual([]);
  }
});

test('the page of a cell whose runs differ in everything is valid and accessible HTML', async () => {
  for (const [path, html] of buildSite(overTime(), options)) {
    if (!path.startsWith('cells/')) continue;
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
  }
});

test('a cell shows its runs in order of time, what changed between them, and what older rules said', () => {
  const html = cellPage(overTime());
  const text = words(html);
  expect(text).toMatch(
    /pass flaky 1\/3 3 runs, 1 failed fails in at most 86\.5 %, at 95 % 1 of them a further attempt 1 × error, not counted/,
  );
  const [strip = '', table = ''] = html.split('<table');
  expect([...strip.matchAll(/verdict-(\w+)"/g)].map(([, verdict]) => verdict)).toEqual([
    'pass',
    'pass',
    'error',
    'fail',
    'pass',
  ]);
  expect(words(strip)).toMatch(
    /2026- 11-11 QEMU 10\.0\.2 → 10\.1\.0 error 2026- 11-12 fail .* rules 1 → 2 pass/,
  );
  expect(words(table)).toMatch(
    /verdict pass → fail .* verdict fail → pass|verdict fail → pass .* verdict pass → fail/,
  );
  expect(words(table)).toContain('rules 2 fail by rules 1');
});

test('a run whose trace is not here is linked to nothing and says the digest', () => {
  const here = siteRun(passing, { kept: 'here' });
  const [gone = passing] = repeats;
  const html = cellPage([here, siteRun(gone, { page: false })]);
  expect(html.match(/href="\.\.\/runs\/[^"]*"/g)).toEqual(
    Array(3).fill(`href="../runs/${passing.result.run}.html"`),
  );
  expect(html).toContain(`<code class="digest">${gone.result.trace ?? ''}</code>`);
  expect(words(html).match(/not recorded/g)).toHaveLength(1);
});

test('a cell that nobody ran for months is marked as stale', () => {
  const old = sampleRun({ run: 'x', cell: 'a/b', verdict: 'pass', started: '2026-06-01T00:00:00.000Z' });
  expect(words(pageOf(build(old), 'index.html'))).toContain('5 months stale');
  expect(words(pageOf(build(passing), 'index.html'))).not.toContain('stale');
});

test('a thousand runs of a cell are bounded and counted', () => {
  const { record } = siteRun(passing);
  const many = Array.from({ length: 1000 }, (_, n) =>
    siteRun(passing, { record: { ...record, run: `r${n}` } }),
  );
  const html = cellPage(many);
  expect(words(html)).toContain('Of 1000 runs, the newest 60.');
  expect(words(html)).toContain('And 500 older runs');
  expect(words(html)).toContain('1000 runs, 0 failed');
});

test('a site without runs is valid and says that untested is not failed', async () => {
  const html = pageOf(build(), 'index.html');
  expect((await validator.validateString(html)).valid).toBe(true);
  expect(words(html)).toContain('untested is not failed');
});

test('no page asks anybody else for anything, and none has a script or a style of its own', () => {
  for (const [, html] of htmlOf(build(...samples))) {
    expect(html).toContain(`content="default-src 'none'; style-src 'self'; `);
    expect(html).not.toMatch(/(?:src|href)="(?:[a-z]+:|\/)/i);
    expect(html).not.toMatch(/<(?:script|style|iframe|form)|\sstyle=|\son[a-z]+=/i);
  }
  expect(build().get('style.css')).not.toMatch(/url\(|@import/);
});

test('every link leads to a page of the site, and every fragment to a place on it', () => {
  const site = build(...samples);
  for (const [path, html] of htmlOf(site)) {
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
      const target = new URL(href, `https://site.invalid/${path}`);
      const page = site.get(decodeURIComponent(target.pathname.slice(1)));
      expect(page, `${path} → ${href}`).toBeDefined();
      if (target.hash !== '') expect(page, `${path} → ${href}`).toContain(`id="${target.hash.slice(1)}"`);
    }
  }
});

test('the same runs give the same bytes, in whatever order they come', () => {
  const inOrder = (site: ReadonlyMap<string, string>) => [...site].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(inOrder(build(...samples))).toEqual(inOrder(build(...samples.toReversed())));
});

test('simulated runs stay off the main matrix', () => {
  const site = build(passing, simulatedPass);
  expect(pageOf(site, 'index.html')).not.toContain(simulatedPass.result.name);
  expect(pageOf(site, 'simulated.html')).toContain(simulatedPass.result.name);
  expect(pageOf(site, 'simulated.html')).not.toContain(passing.result.name);
});

test('a cell shows its runs, its failures and the bound of its failure rate', () => {
  const text = words(pageOf(build(passing, ...repeats), 'index.html'));
  expect(text).toContain('6 runs, 0 failed fails in at most 39.4 %, at 95 %');
  expect(text).toContain('2 days');
});

test('a cell by statement has no count and no bound', () => {
  const text = words(pageOf(build(statement), 'index.html'));
  expect(text).toContain('reported by statement');
  expect(text).not.toMatch(/\d failed|fails in at most/);
});

test('what was not observed is shown as such and not counted', () => {
  const matrix = words(pageOf(build(failing), 'index.html'));
  expect(matrix).toContain('✗ Driver started : no');
  expect(matrix).toContain('7 unobserved');
  expect(words(runPage(failing))).toContain('Audio: unobserved');
});

test('a run page links each quotation to its event and labels both parts of the fix', () => {
  const html = runPage(failing);
  expect(html).toContain('<a href="#e5">kernel, event 5</a>');
  expect(html).toContain('<tr id="e5">');
  expect(words(html)).toMatch(
    /Fix, supported by known facts .* Also seen in a working config, not shown to be needed/,
  );
});

test('a run page says where the run comes from', () => {
  const text = words(runPage(passing));
  for (const fact of ['ROM sha256 5f5f', 'Host qemu 10.0.2', 'code43 0.1.0, rules 1', 'Trace sha256 a3a3']) {
    expect(text).toContain(fact);
  }
});

test('a long trace is bounded, and an event that is quoted keeps its line', () => {
  const line = (n: number): TraceEvent => ({ n, t: n, ch: 'serial', line: `line ${n}` });
  const events = Array.from({ length: 5000 }, (_, index) => line(index + 1));
  const quote = {
    ...failing.result.findings[0],
    evidence: [{ n: 4321, source: 'serial', text: 'line 4321' }],
  };
  const findings = failing.result.findings.map((finding, index) =>
    index === 0 ? { ...finding, ...quote } : finding,
  );
  const html = runPage({ ...failing, result: { ...failing.result, findings }, events });
  expect(html).toContain('<tr id="e4321">');
  expect(html).not.toContain('id="e4320"');
  expect(words(html)).toContain('4599 more events are in the trace');
});

test('the page that explains the words has every word', () => {
  const text = words(pageOf(build(), 'about.html'));
  for (const word of [...VERDICTS, ...EVIDENCE_CLASSES, ...CHECKS, ...BOOT_KINDS])
    expect(text).toContain(` ${word} `);
});

test('text from a guest, a log or a scenario is inert wherever it stands', () => {
  const piece = fc.constantFrom(
    '<script>',
    '</title>',
    '"',
    "'",
    '&lt;',
    '-->',
    'javascript:',
    '\u202e',
    '\u0000',
    '../',
    ']]>',
    ' onload=x',
    'a',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
  );
  const shape = tagsOf(build(hostile('x')));
  fc.assert(
    fc.property(text, (value) => {
      const site = build(hostile(value));
      expect(tagsOf(site)).toEqual(shape);
      for (const [path, html] of site) {
        expect(path).toMatch(/^(?:runs\/|cells\/)?[A-Za-z0-9_][A-Za-z0-9._-]*$/);
        expect(html.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 40 },
  );
});

/** The tags of all pages in order: text that stays text cannot change them. */
function tagsOf(site: ReadonlyMap<string, string>): readonly string[] {
  return htmlOf(site)
    .map(([, html]) => html)
    .flatMap((html) => html.match(/<\/?[a-z][a-z0-9]*|<!doctype/g) ?? []);
}

test('a run that never began has a page', () => {
  const run = sampleRun({ run: 'nothing', cell: 'a/b', verdict: 'error', boots: [], started: null });
  expect(words(runPage({ ...run, events: [] }))).toContain('Nothing was booted.');
});
