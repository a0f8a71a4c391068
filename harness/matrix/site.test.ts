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
import { sampleRun } from '../report/fixtures/sample-run.ts';
import type { TraceEvent } from '../trace/event.ts';
import { BOOT_KINDS, CHECKS, EVIDENCE_CLASSES, VERDICTS } from '../trace/words.ts';
import { buildSite } from './site.tsx';
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

const build = (...runs: readonly SiteRun[]): ReadonlyMap<string, string> => buildSite(runs, options);
const pageOf = (site: ReadonlyMap<string, string>, path: string): string => site.get(path) ?? `no ${path}`;
const htmlOf = (site: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...site].filter(([path]) => path.endsWith('.html'));
/** What a reader sees: the page without its tags. */
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const runPage = (run: SiteRun): string => pageOf(build(run), `runs/${run.result.run}.html`);

test('every page is valid and accessible HTML', async () => {
  for (const [path, html] of htmlOf(build(...samples, hostile('"><img src=x>&amp;')))) {
    const { results } = await validator.validateString(html);
    const messages = results.flatMap((result) => result.messages);
    expect(messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`)).toEqual([]);
  }
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
  expect([...build(...samples)]).toEqual([...build(...samples.toReversed())]);
});

test('simulated runs stay off the main matrix', () => {
  const site = build(passing, simulatedPass);
  expect(pageOf(site, 'index.html')).not.toContain(simulatedPass.result.run);
  expect(pageOf(site, 'simulated.html')).toContain(simulatedPass.result.run);
  expect(pageOf(site, 'simulated.html')).not.toContain(passing.result.run);
});

test('a cell shows its runs, its failures and the bound of its failure rate', () => {
  const text = words(pageOf(build(passing, ...repeats), 'index.html'));
  expect(text).toContain('0 of 6 runs failed fails in at most 39.3 %');
  expect(text).toContain('2 days');
});

test('a cell by statement has no count and no bound', () => {
  const text = words(pageOf(build(statement), 'index.html'));
  expect(text).toContain('reported by statement');
  expect(text).not.toMatch(/runs? failed|fails in at most/);
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
        expect(path).toMatch(/^(?:runs\/)?[A-Za-z0-9_][A-Za-z0-9._-]*$/);
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
