import type { VNode } from 'preact';
import type { Change, Evidence, Finding } from '../../judge/result.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { SeverityTag } from './marks.tsx';

const FINDINGS_SHOWN = 50;
const EVIDENCE_SHOWN = 20;

interface Props {
  readonly findings: readonly Finding[];
  /** Event numbers that have a line on this page to link to. */
  readonly listed: ReadonlySet<number>;
}

/** Every finding in order of rank, each with its quoted evidence and its fix in two labelled parts. */
export function Findings({ findings, listed }: Props): VNode {
  if (findings.length === 0) return <p>Nothing was found that needs a word.</p>;
  const more = findings.length - FINDINGS_SHOWN;
  return (
    <>
      <ol class="findings">
        {findings.slice(0, FINDINGS_SHOWN).map((finding, index) => (
          <li key={index} id={`finding-${index + 1}`}>
            <One finding={finding} listed={listed} />
          </li>
        ))}
      </ol>
      {more > 0 ? <p>And {more} more of lower rank.</p> : null}
    </>
  );
}

function One({ finding, listed }: { readonly finding: Finding; readonly listed: Props['listed'] }): VNode {
  const more = finding.evidence.length - EVIDENCE_SHOWN;
  return (
    <article class="finding">
      <h3>{printable(finding.title)}</h3>
      <p class="facts">
        <SeverityTag value={finding.severity} /> {finding.confidence} ·{' '}
        <code>{printable(finding.id, 80)}</code>
        {finding.boot === null ? '' : ` · boot ${finding.boot + 1}`}
      </p>
      {finding.detail === finding.title ? null : <p>{printable(finding.detail, 2000)}</p>}
      {finding.evidence.slice(0, EVIDENCE_SHOWN).map((evidence, index) => (
        <Quote key={index} evidence={evidence} listed={listed} />
      ))}
      {more > 0 ? <p class="quiet">And {more} more lines of evidence.</p> : null}
      {finding.fix === null ? null : (
        <>
          <Changes
            label="Fix, supported by known facts"
            changes={finding.fix.supported}
            paste={finding.fix.paste?.supported}
            pasteLabel="To paste into the VM config:"
          />
          <Changes
            label="Also seen in a working config, not shown to be needed"
            changes={finding.fix.alsoSeen}
            paste={finding.fix.paste?.both}
            pasteLabel="To paste, with these as well:"
          />
        </>
      )}
      {finding.collect.length === 0 ? null : (
        <>
          <h4>What would settle it</h4>
          <ul>
            {finding.collect.map((what, index) => (
              <li key={index}>{printable(what)}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function Quote({
  evidence,
  listed,
}: {
  readonly evidence: Evidence;
  readonly listed: Props['listed'];
}): VNode {
  const { n, source, text } = evidence;
  const words = n === null ? printable(source, 60) : `${printable(source, 60)}, event ${n}`;
  return (
    <figure class="quote">
      <blockquote>{printable(text, 1000)}</blockquote>
      <figcaption>{n !== null && listed.has(n) ? <a href={`#e${n}`}>{words}</a> : words}</figcaption>
    </figure>
  );
}

function Changes({
  label,
  changes,
  paste,
  pasteLabel,
}: {
  readonly label: string;
  readonly changes: readonly Change[];
  readonly paste: string | undefined;
  readonly pasteLabel: string;
}): VNode | null {
  if (changes.length === 0) return null;
  return (
    <>
      <h4>{label}</h4>
      <ul class="changes">
        {changes.map((change, index) => (
          <li key={index}>
            <code>{printable(change.text)}</code>
            <span class="quiet">
              {printable(change.why)}. Source: {printable(change.source)}
            </span>
          </li>
        ))}
      </ul>
      {paste === undefined || paste === '' ? null : (
        <>
          <p>{pasteLabel}</p>
          <pre>
            <code>{printableLines(paste).join('\n')}</code>
          </pre>
        </>
      )}
    </>
  );
}
