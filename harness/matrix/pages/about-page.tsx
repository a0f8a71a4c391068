import type { ComponentChildren, VNode } from 'preact';
import { BOOT_KINDS, CHECKS, EVIDENCE_CLASSES, SEVERITIES, VERDICTS } from '../../trace/words.ts';
import { STALE_DAYS } from '../age.ts';
import { BOOT_MEANING, CHECK_LABEL, CLASS_MEANING, SEVERITY_MEANING, VERDICT_MEANING } from '../words.ts';
import { ClassTag, SeverityTag, VerdictMark } from './marks.tsx';

/** How to read the matrix; the lists are made from the vocabularies themselves. */
export function AboutPage(): VNode {
  return (
    <article class="prose">
      <h1>How to read this</h1>
      <p class="lead">
        A run boots a virtual machine and writes down everything that crossed its boundary: the trace. The
        verdict is computed from the trace by fixed rules. The same trace and the same rules always give the
        same verdict.
      </p>

      <h2>Verdicts</h2>
      <Meanings
        items={VERDICTS.map((word) => [word, <VerdictMark verdict={word} />, VERDICT_MEANING[word]] as const)}
      />
      <p>
        One good answer proves nothing, because Code 43 can come late, or clear and come back. A device is
        asked again and again until its status has settled, and each sample is kept.{' '}
        <em>Problem code 0 is not a pass</em>: the Microsoft Basic Display driver reports it too.
      </p>

      <h2>Evidence classes</h2>
      <Meanings
        items={EVIDENCE_CLASSES.map(
          (word) => [word, <ClassTag value={word} />, CLASS_MEANING[word]] as const,
        )}
      />
      <p>
        Classes are derived from what was observed, never declared, and they never share a cell. Simulated
        runs have <a href="simulated.html">a page of their own</a>.
      </p>

      <h2>Counts and bounds</h2>
      <p>
        A cell counts the runs of one combination that ended in <em>pass</em> or <em>fail</em>. “Fails in at
        most 39.4 %, at 95 %” is the one-sided exact upper bound (Clopper-Pearson): if the true failure rate
        were higher, a series this good would come up in fewer than 1 of 20 tries. One success alone only
        bounds it at 95 %. Runs that ended in <em>error</em>, <em>inconclusive</em> or <em>skip</em> are named
        beside the count and are not in it. A further attempt after a failure is a run like any other: it is
        counted, and told apart.
      </p>
      <p>
        The verdict of a cell is that of its newest run, but for runs that ended in <em>error</em> or{' '}
        <em>skip</em>. Where runs of the same combination ended differently, the cell is marked <em>flaky</em>{' '}
        with its failures and runs: one failure is not outvoted by passes. A cell whose newest run is{' '}
        {STALE_DAYS} days old or more is marked <em>stale</em>.
      </p>
      <p>
        A cell that says <em>by statement</em> rests on somebody’s words. It has no count, no bound, and
        nobody watched the status settle.
      </p>

      <h2>Runs over time</h2>
      <p>
        Each cell has a page with all its runs in order of time, and with what changed between them: the
        verdict, the driver in the guest, the host’s versions, the rules. When the rules improve, recorded
        traces are judged again; a run then shows the verdict of the newest rules, and what older ones said.
        Runs marked <em>not recorded</em> are not in the project’s history.
      </p>

      <h2>Checks</h2>
      <p>
        “It works” is many claims. Each is answered alone. <em>Unobserved</em> means that nothing looked: it
        is neither yes nor no, and it is never counted.
      </p>
      <ul class="columns">
        {CHECKS.map((check) => (
          <li key={check}>
            {CHECK_LABEL[check]} <code>{check}</code>
          </li>
        ))}
      </ul>

      <h2>Kinds of boot</h2>
      <Meanings items={BOOT_KINDS.map((word) => [word, <code>{word}</code>, BOOT_MEANING[word]] as const)} />

      <h2>Findings</h2>
      <Meanings
        items={SEVERITIES.map(
          (word) => [word, <SeverityTag value={word} />, SEVERITY_MEANING[word]] as const,
        )}
      />
      <p>
        A finding quotes its evidence line by line. A fix has two parts: what known facts support, and what
        merely stood in somebody’s working configuration and is not shown to be needed.
      </p>
    </article>
  );
}

type Item = readonly [word: string, mark: ComponentChildren, meaning: string];

function Meanings({ items }: { readonly items: readonly Item[] }): VNode {
  return (
    <dl class="meanings">
      {items.map(([word, mark, meaning]) => (
        <div key={word}>
          <dt>{mark}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
