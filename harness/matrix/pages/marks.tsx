import type { VNode } from 'preact';
import type { CheckState } from '../../judge/result.ts';
import type { EvidenceClass, Severity, Verdict } from '../../trace/words.ts';

/** Each verdict has its own shape, so that colour is never what tells two apart. All fit a 16 by 16 box. */
const SHAPES: Readonly<Record<Verdict, VNode>> = {
  pass: <path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m3.3 4.4L7 9.7 4.9 7.6 3.8 8.7 7 11.9l5.4-5.4z" />,
  fail: (
    <path d="M1 1h14v14H1zm3 4.1L6.9 8 4 10.9 5.1 12 8 9.1l2.9 2.9 1.1-1.1L9.1 8 12 5.1 10.9 4 8 6.9 5.1 4z" />
  ),
  error: <path d="M8 .8 15.6 15H.4zm-.8 5v4.6h1.6V5.8zm0 5.8v1.6h1.6v-1.6z" />,
  inconclusive: (
    <path d="M8 .4 15.6 8 8 15.6.4 8zM5.6 6.3h1.5c0-.6.4-.9.9-.9s.9.3.9.8c0 .9-1.7 1-1.7 2.7h1.5c0-1.1 1.8-1.2 1.8-2.8C10.5 4.9 9.4 4.1 8 4.1S5.6 4.9 5.6 6.3m1.6 3.6v1.6h1.6V9.900z" />
  ),
  skip: (
    <path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.5 7.2h7v1.6h-7z" />
  ),
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }): VNode {
  return (
    <span class={`verdict verdict-${verdict}`}>
      <svg
        viewBox="0 0 16 16"
        width="16"
        height="16"
        aria-hidden="true"
        focusable="false"
        fill-rule="evenodd"
      >
        {SHAPES[verdict]}
      </svg>
      {verdict}
    </span>
  );
}

export function ClassTag({ value }: { readonly value: EvidenceClass }): VNode {
  return <span class={`tag class-${value}`}>{value}</span>;
}

export function SeverityTag({ value }: { readonly value: Severity }): VNode {
  return <span class={`tag severity-${value}`}>{value}</span>;
}

const CHECK_SIGNS: Readonly<Record<CheckState, string>> = { yes: '✓', no: '✗', unobserved: '·' };

export function CheckSign({ state }: { readonly state: CheckState }): VNode {
  return (
    <span class={`check-sign check-${state}`} aria-hidden="true">
      {CHECK_SIGNS[state]}
    </span>
  );
}
