import type { VNode } from 'preact';
import { printable } from '../text/printable.ts';
import { cellPath, compare, matrixCells } from './matrix-cell.ts';
import { AboutPage } from './pages/about-page.tsx';
import { CellPage } from './pages/cell-page.tsx';
import { IndexPage, SimulatedPage } from './pages/index-page.tsx';
import { pageText, type PageFacts } from './pages/layout.tsx';
import { RunPage } from './pages/run-page.tsx';
import { runFile } from './run-file.ts';
import type { SiteRun, TracedRun } from './site-run.ts';
import { STYLE } from './style.ts';

export interface SiteOptions {
  /** When the site is built, ISO 8601 UTC: the only clock there is, so that the same runs give the same bytes. */
  readonly built: string;
  /** Version of code43. */
  readonly tool: string;
}

/** A page: its path below the site's root, and its text. */
type Page = readonly [path: string, text: string];

/**
 * The published site but for the runs' own pages, as path below its root → text. Pure: the caller writes the files. The
 * main matrix holds `live`, `submitted` and `reported` evidence; `simulated` has a page of its own. Each cell has a page
 * below `cells/` with its runs over time.
 */
export function buildSite(runs: readonly SiteRun[], options: SiteOptions): ReadonlyMap<string, string> {
  const { built } = options;
  const cells = matrixCells(runs);
  const real = cells.filter(({ evidenceClass }) => evidenceClass !== 'simulated');
  const simulated = cells.filter(({ evidenceClass }) => evidenceClass === 'simulated');
  const page = (facts: Facts, content: VNode): Page => pageOf(facts, options, content);
  const pages: readonly Page[] = [
    page(
      {
        path: 'index.html',
        title: 'Intel iGPU passthrough: what was seen to work · code43',
        description: 'A matrix of Intel iGPU passthrough to Windows VMs, each verdict with its evidence.',
      },
      <IndexPage cells={real} built={built} />,
    ),
    page(
      {
        path: 'simulated.html',
        title: 'Simulated runs · code43',
        description: 'Runs with virtual devices and stand-in guests. They say nothing about hardware.',
      },
      <SimulatedPage cells={simulated} built={built} />,
    ),
    page(
      {
        path: 'about.html',
        title: 'How to read this · code43',
        description: 'What the verdicts, evidence classes, counts and bounds mean.',
      },
      <AboutPage />,
    ),
    ...cells.map((cell) => {
      const { record } = cell.shown;
      const words = `${cell.verdict}: ${printable(record.name, 60)}, runs over time`;
      return page(
        { path: cell.path, title: `${words} · code43`, description: words },
        <CellPage cell={cell} built={built} />,
      );
    }),
    ['style.css', STYLE],
  ];
  return new Map([...pages].sort(([a], [b]) => compare(a, b)));
}

/** The page of one run, whole: what led to its verdict. `run`: the same run as the matrix shows it. */
export function buildRunPage(traced: TracedRun, run: SiteRun, options: SiteOptions): Page {
  const { evidenceClass } = run.record;
  const result = { ...traced.result, evidenceClass };
  const words = `${result.verdict}: ${printable(result.cell, 60)}`;
  return pageOf(
    { path: `runs/${runFile(run.record.run)}`, title: `${words} · code43`, description: words },
    options,
    <RunPage run={{ ...traced, result }} cell={cellPath(run.record)} />,
  );
}

type Facts = Pick<PageFacts, 'path' | 'title' | 'description'>;

function pageOf(facts: Facts, options: SiteOptions, content: VNode): Page {
  return [facts.path, pageText({ ...facts, ...options }, content)];
}
