/** The site's one style sheet. Colours are chosen for a contrast of at least 4.5 : 1 on their ground in both themes. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fcfbf9;
  --raised: #f4f2ed;
  --ink: #1d1c1a;
  --quiet: #5f5b54;
  --line: #dcd8cf;
  --link: #1f5397;
  --pass: #17663a;
  --fail: #a8221b;
  --error: #8a4b00;
  --inconclusive: #5d4697;
  --skip: #5f5b54;
  --focus: #a35200;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161616;
    --raised: #212020;
    --ink: #e9e6e0;
    --quiet: #a8a39a;
    --line: #3a3835;
    --link: #8fb8ee;
    --pass: #74c795;
    --fail: #f58f86;
    --error: #e5ad62;
    --inconclusive: #bba7ec;
    --skip: #a8a39a;
    --focus: #f0a94e;
  }
}

*, ::before, ::after { box-sizing: border-box; }

html {
  font: 100%/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
  color: var(--ink);
  background: var(--ground);
  -webkit-text-size-adjust: 100%;
}

body { margin: 0; overflow-wrap: break-word; }

.site-header, main, .site-footer { max-width: 80rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }

.site-header {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 2rem;
  align-items: baseline;
  padding-block: 1rem;
  border-bottom: 1px solid var(--line);
}

.site-name { font-family: var(--mono); font-weight: 600; color: var(--ink); text-decoration: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
nav a { color: var(--quiet); text-decoration: none; padding-block: 0.25rem; display: inline-block; }
nav a:hover, .site-name:hover { text-decoration: underline; }
nav a[aria-current] { color: var(--ink); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.4em; }

main { padding-block: 2rem 3rem; }
.site-footer { padding-block: 1.25rem 2.5rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
.site-footer p { margin: 0; }

h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.25rem); letter-spacing: -0.015em; margin: 0 0 0.75rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 0 0 0.25rem; }
h4 { font-size: 0.875rem; margin: 1.25rem 0 0.35rem; color: var(--quiet); }
p { margin: 0 0 1rem; max-width: 46rem; }
.lead { font-size: 1.125rem; color: var(--quiet); }
.prose { max-width: 46rem; }

a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip-link { position: absolute; left: -100vw; top: 0; padding: 0.75rem 1rem; background: var(--ground); z-index: 1; }
.skip-link:focus { left: 0; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.quiet { color: var(--quiet); }
.facts { color: var(--quiet); font-size: 0.875rem; margin-bottom: 0.75rem; }
code, pre, blockquote, .said, .cell-id { font-family: var(--mono); font-size: 0.8125rem; }
pre {
  margin: 0;
  padding: 0.75rem 1rem;
  overflow-x: auto;
  background: var(--raised);
  border: 1px solid var(--line);
  border-radius: 4px;
  line-height: 1.55;
}

.notice { border-left: 4px solid var(--error); padding: 0.25rem 0 0.25rem 1rem; color: var(--ink); }

.verdict { display: inline-flex; gap: 0.4em; align-items: center; font-weight: 650; }
.verdict svg { flex: none; width: 1em; height: 1em; }
.verdict-pass { color: var(--pass); fill: var(--pass); }
.verdict-fail { color: var(--fail); fill: var(--fail); }
.verdict-error { color: var(--error); fill: var(--error); }
.verdict-inconclusive { color: var(--inconclusive); fill: var(--inconclusive); }
.verdict-skip { color: var(--skip); fill: var(--skip); }

.tag {
  display: inline-block;
  padding: 0 0.5em;
  border: 1px solid currentcolor;
  border-radius: 3px;
  font-size: 0.75rem;
  font-weight: 600;
  line-height: 1.5;
  color: var(--quiet);
}
.class-live { color: var(--ground); background: var(--ink); border-color: var(--ink); }
.class-submitted { color: var(--ink); }
.class-reported { border-style: dashed; }
.class-simulated { color: var(--error); border-style: dotted; }
.severity-cause { color: var(--fail); }
.severity-contributing, .severity-warning { color: var(--error); }

table { border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: 0.875rem; padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 1rem 0.45rem 0; border-bottom: 1px solid var(--line); font-weight: inherit; }
thead th { color: var(--quiet); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 0; }
.scroll th, .scroll td { white-space: nowrap; padding-right: 1.75rem; }
.scroll .number { text-align: right; }
.scroll .said { white-space: normal; padding-right: 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; padding: 0.5rem 1rem; margin-bottom: 1rem; max-width: 100%; width: fit-content; }

.matrix { table-layout: fixed; width: 100%; }
.matrix caption { padding-bottom: 0.25rem; }
.matrix th, .matrix td { padding-block: 0.8rem; }
.matrix thead th { padding-block: 0.4rem; border-bottom: 2px solid var(--ink); }
.matrix th:nth-child(1) { width: 9.5rem; }
.matrix th:nth-child(2) { width: 25%; }
.matrix th:nth-child(3) { width: 12rem; }
.matrix th:nth-child(4) { width: 12.5rem; }
.matrix th:nth-child(5) { width: 5.5rem; }
.cell-verdict a { text-decoration: none; }
.cell-verdict a:hover .verdict { text-decoration: underline; }
.name { display: block; font-weight: 600; }
.detail { display: block; font-size: 0.8125rem; line-height: 1.45; overflow-wrap: anywhere; }
.checks-short { list-style: none; margin: 0; padding: 0; font-size: 0.8125rem; line-height: 1.5; }
.check-sign { display: inline-block; width: 1.1em; font-weight: 700; }
.check-yes { color: var(--pass); }
.check-no { color: var(--fail); }
.check-unobserved { color: var(--quiet); }
summary { cursor: pointer; font-size: 0.8125rem; color: var(--link); padding-block: 0.2rem; }

.legend { margin-top: 3.5rem; border-top: 1px solid var(--line); }
.meanings { margin: 0 0 1.25rem; max-width: 52rem; }
.meanings > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0.25rem 1rem; padding-block: 0.4rem; }
.meanings dd { margin: 0; }
.columns { columns: 16rem; padding-left: 1.25rem; }

.breadcrumb { margin-bottom: 0.75rem; font-size: 0.875rem; }
.run-title { margin-bottom: 0.25rem; }
.cell-id { color: var(--quiet); overflow-wrap: anywhere; max-width: none; }
.banner { border: 1px solid var(--line); border-left: 6px solid var(--skip); border-radius: 4px; padding: 1rem 1.25rem; background: var(--raised); }
.banner p { margin: 0.35rem 0 0; max-width: 60rem; }
.banner .banner-verdict { font-size: 1.5rem; margin: 0; line-height: 1.3; }
.banner .by { font-size: 1rem; color: var(--quiet); margin-left: 0.75rem; }
.banner-pass { border-left-color: var(--pass); }
.banner-fail { border-left-color: var(--fail); }
.banner-error { border-left-color: var(--error); }
.banner-inconclusive { border-left-color: var(--inconclusive); }

.findings { list-style: none; margin: 0; padding: 0; }
.findings > li { padding-block: 1.25rem; border-top: 1px solid var(--line); scroll-margin-top: 0.5rem; }
.findings > li:first-child { border-top: 0; padding-top: 0.25rem; }
.quote { margin: 0 0 0.6rem; padding-left: 0.9rem; border-left: 3px solid var(--line); }
.quote blockquote { margin: 0; overflow-wrap: anywhere; }
.quote figcaption { font-size: 0.8125rem; color: var(--quiet); }
.changes { list-style: none; margin: 0; padding: 0; max-width: 60rem; }
.changes li { margin-bottom: 0.5rem; }
.changes code { overflow-wrap: anywhere; }
.changes span { display: block; font-size: 0.875rem; }

.checks { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 0.25rem 1.5rem; }
.check-item-unobserved { color: var(--quiet); }
.check-item-unobserved strong { font-weight: 400; }

.timeline { margin: 0 0 1.5rem; padding: 0.5rem 1rem; border: 1px solid var(--line); border-radius: 4px; }
.timeline svg { display: block; overflow: visible; font-size: 0.75rem; }
.timeline text { fill: var(--quiet); }
.timeline .boot text { fill: var(--ground); font-weight: 700; }
.timeline .boot line { stroke: var(--ink); stroke-width: 2; }
.timeline .axis { stroke: var(--line); }
.sample-good { fill: var(--pass); }
.sample-bad { fill: var(--fail); }
.sample-other { fill: var(--ground); stroke: var(--quiet); stroke-width: 1.5; }
.qmp { fill: var(--link); }
figcaption { font-size: 0.8125rem; color: var(--quiet); }

.provenance { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 0 2rem; }
.provenance > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 1rem; padding-block: 0.35rem; border-bottom: 1px solid var(--line); font-size: 0.875rem; }
.provenance dt { color: var(--quiet); overflow-wrap: anywhere; }
.provenance dd { margin: 0; overflow-wrap: anywhere; }

.events { max-height: 36rem; overflow-y: auto; width: auto; }
.events table { min-width: 40rem; width: 100%; }
.events .said { width: 100%; }
.events th, .events td { padding-block: 0.2rem; font-size: 0.8125rem; }
.said { overflow-wrap: anywhere; }
:target { background: color-mix(in srgb, var(--focus) 18%, transparent); }

.runs-table { width: 100%; }
.runs-table th, .runs-table td { padding-block: 0.6rem; }
.runs-table thead th { padding-block: 0.4rem; border-bottom: 2px solid var(--ink); }
.changed { list-style: none; margin: 0; padding: 0; font-size: 0.8125rem; line-height: 1.5; overflow-wrap: anywhere; }
.changed-verdict { font-weight: 650; }
.digest { display: block; max-width: 18rem; overflow-wrap: anywhere; }
.flaky { color: var(--error); margin-top: 0.2rem; }
.stale { color: var(--error); margin-left: 0.4rem; }
.banner .counted .detail { display: inline; font-size: inherit; }
.banner .counted .detail + .detail::before { content: ' · '; }

.strip { list-style: none; display: flex; flex-wrap: wrap; gap: 0.6rem 0.35rem; margin: 0 0 1.75rem; padding: 0.85rem 1rem; border: 1px solid var(--line); border-radius: 4px; }
.strip > li { display: flex; gap: 0.35rem; align-items: stretch; max-width: 100%; }
.strip-run { display: grid; justify-items: center; align-content: start; gap: 0.1rem; min-width: 4.6rem; padding: 0.25rem 0.3rem; border-radius: 4px; color: inherit; text-decoration: none; }
a.strip-run { background: var(--raised); }
a.strip-run:hover .strip-day { text-decoration: underline; }
.strip-run .verdict { flex-direction: column; gap: 0.15rem; font-size: 0.8125rem; line-height: 1.2; }
.strip-run .verdict svg { width: 1.25rem; height: 1.25rem; }
.strip-day { font-size: 0.6875rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.strip-change { display: grid; align-content: center; max-width: 12rem; padding-inline: 0.5rem 0.35rem; border-left: 2px solid var(--ink); font-size: 0.6875rem; line-height: 1.35; overflow-wrap: anywhere; }

@media (max-width: 62rem) {
  .cards, .cards tbody, .cards tr, .cards td, .cards th[scope='row'], .cards caption { display: block; width: auto; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tbody tr { padding: 0.9rem 1rem; margin-bottom: 0.9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); }
  .cards tbody td, .cards tbody th { border: 0; padding: 0.2rem 0; }
  .cards .cell-verdict { display: flex; gap: 0.5rem; align-items: center; }
  .cards td[data-label] { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 0.75rem; }
  .cards td[data-label]::before { content: attr(data-label); grid-row: 1 / span 9; color: var(--quiet); font-size: 0.8125rem; }
  .cards td[data-label] > * { grid-column: 2; justify-self: start; }
}

@media (max-width: 34rem) {
  .strip { padding-inline: 0.5rem; }
  .strip-year { display: none; }
  .strip-run { min-width: 3.1rem; padding-inline: 0.15rem; }
  .meanings > div { grid-template-columns: 1fr; }
  .provenance > div { grid-template-columns: 7.5rem 1fr; }
  .scroll { padding-inline: 0.75rem; }
  .scroll th, .scroll td { padding-right: 1rem; font-size: 0.8125rem; }
}

@media print {
  .site-header nav, .skip-link { display: none; }
  .events, .scroll { max-height: none; overflow: visible; }
}
`;
