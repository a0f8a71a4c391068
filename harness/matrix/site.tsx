import type { VNode } from 'preact';
import { printable } from '../report/printable.ts';
import { compare, matrixCells } from './matrix-cell.ts';
import { AboutPage } from './pages/about-page.tsx';
import { IndexPage, SimulatedPage } from './pages/index-page.tsx';
import { pageText, type PageFacts } from './pages/layout.tsx';
import { RunPage } from './pages/run-page.tsx';
import { runFile } from './run-file.ts';
import type { SiteRun } from './site-run.ts';
import { STYLE } from './style.ts';

export interface SiteOptions {
  /** When the site is built, ISO 8601 UTC: the only clock there is, so that the same runs give the same bytes. */
  readonly built: string;
  /** Version of code43. */
  readonly tool: string;
}

/**
 * The whole published site as path below its root → text. Pure: the caller writes the files. The main matrix holds
 * `live`, `submitted` and `reported` evidence; `simulated` has a page of its own. Each run has a page below `runs/`.
 */
export function buildSite(runs: readonly SiteRun[], options: SiteOptions): ReadonlyMap<string, string> {
  const { built } = options;
  const cells = matrixCells(runs);
  const real = cells.filter(({ evidenceClass }) => evidenceClass !== 'simulated');
  const simulated = cells.filter(({ evidenceClass }) => evidenceClass === 'simulated');
  const page = (
    facts: Pick<PageFacts, 'path' | 'title' | 'description'>,
    content: VNode,
  ): [string, string] => [facts.path, pageText({ ...facts, ...options }, content)];
  const pages: [string, string][] = [
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
    ...runs.map((run) => {
      const words = `${run.result.verdict}: ${printable(run.result.cell, 60)}`;
      return page(
        { path: `runs/${runFile(run.result.run)}`, title: `${words} · code43`, description: words },
        <RunPage run={run} />,
      );
    }),
  ];
  return new Map([...pages, ['style.css', STYLE] as [string, string]].sort(([a], [b]) => compare(a, b)));
}
