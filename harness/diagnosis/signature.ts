import type { Case } from './case.ts';
import type { FindingId } from './finding-id.ts';
import type { Confidence, Fix, Severity } from './finding.ts';
import type { Quote } from './quote.ts';

/** Who prints a line. */
export type Emitter = 'host-kernel' | 'guest-kernel' | 'qemu' | 'proxmox' | 'libvirt' | 'guest';

/**
 * One line of a log that means something: how it reads, who prints it, and what it means in which context. A new one
 * is one entry in a file of `signatures/` and one, with lines it matches, in the file of that name in
 * `signatures/examples/`; a new file is one line in `signatures.ts`, and one in `signatures/examples.ts`.
 */
export interface Signature {
  /** Kebab case, unique: `rom-header`. */
  readonly id: string;
  readonly emitters: readonly Emitter[];
  /** Texts of which every matching line holds one: at least 6 letters of ASCII, no `&`; case does not matter. */
  readonly literals: readonly string[];
  /** Looked for in the message, that is the line without a log's prefix. Named groups become `captures`. No `g` flag. */
  readonly pattern: RegExp;
  /** What it means, in one or two sentences that also say what it does not prove. */
  readonly means: string;
  /** Where the wording and the meaning are known from. Left out of what a browser loads. */
  readonly source: string;
  /**
   * The finding that this line alone leads to; null where only rules use it. May look at everything else that is
   * known: return null for `severity` where it means nothing in this case.
   */
  readonly finding: SignatureFinding | null;
  /** A second one, where the context decides between two: few faults are harmless, a stream is not. */
  readonly also?: SignatureFinding;
}

export interface SignatureFinding {
  readonly id: FindingId;
  readonly title: string;
  readonly severity: (signals: readonly Signal[], of: Case) => Severity | null;
  readonly confidence?: (signals: readonly Signal[], of: Case) => Confidence;
  readonly fix?: (signals: readonly Signal[], of: Case) => Fix | null;
  readonly collect?: readonly string[];
}

/** One line that a signature matched. */
export interface Signal {
  readonly id: string;
  readonly quote: Quote;
  /** The message without the log's prefix. */
  readonly message: string;
  readonly captures: Readonly<Record<string, string>>;
  /** Seconds since that kernel's boot, where the line says so. */
  readonly time: number | null;
  /** Counts the boots in one log, from 0. */
  readonly boot: number;
  /** PCI address that the line speaks of, with its domain; null where it names none. */
  readonly device: string | null;
}

/** All lines that matched, by signature. Of one that matches often the first ones are kept and all are counted. */
export interface Signals {
  of(id: string): readonly Signal[];
  count(id: string): number;
  has(...ids: readonly string[]): boolean;
  readonly ids: readonly string[];
}
