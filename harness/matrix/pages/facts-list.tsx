import type { VNode } from 'preact';
import { printable } from '../../text/printable.ts';

/** A fact's name and its value; null: nobody knows it. */
export type Fact = readonly [name: string, value: string | null];

/** Facts as a list of names and values; all of it may come from a trace. */
export function FactsList({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return (
    <dl class="provenance">
      {facts.map(([name, value], index) => (
        <div key={index}>
          <dt>{printable(name, 80)}</dt>
          <dd>{value === null ? <span class="quiet">unknown</span> : printable(value, 300)}</dd>
        </div>
      ))}
    </dl>
  );
}
