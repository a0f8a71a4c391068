import type { BootKind, Check, Confidence, EvidenceClass, Severity, Verdict } from '../trace/words.ts';
import type { Expectation } from '../trace/header.ts';

/** A quotation: event `n` of the trace, or a part of its header when `n` is null. */
export interface Evidence {
  readonly n: number | null;
  readonly source: string;
  readonly text: string;
}

/** One change as text that can be pasted, why, and where the reason is known from. */
export interface Change {
  readonly where: 'config' | 'rom' | 'host';
  readonly text: string;
  readonly why: string;
  readonly source: string;
}

/** What to change: what known facts support, apart from what merely stood in somebody's working config. */
export interface Fix {
  readonly supported: readonly Change[];
  readonly alsoSeen: readonly Change[];
  /** The changed lines of the VM config, ready to paste: the supported part alone, and with what was also seen. */
  readonly paste: { readonly supported: string; readonly both: string } | null;
}

export interface Finding {
  /** Stable, such as `rom.missing`. */
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One line that a reader of the matrix understands. */
  readonly title: string;
  /** What it means and what it does not prove. */
  readonly detail: string;
  /** Index of the boot it belongs to; null for the whole run. */
  readonly boot: number | null;
  readonly evidence: readonly Evidence[];
  readonly fix: Fix | null;
  /** What would settle it when the confidence is not `certain`. */
  readonly collect: readonly string[];
}

/** One reading of the device in the guest, in the harness's clock. */
export interface Sample {
  /** Event number of the probe's answer. */
  readonly n: number;
  readonly t: number;
  readonly uptime: number | null;
  /** Problem code as Windows counts them; null where the device was not there or the reading was refused. */
  readonly code: number | null;
  /** What this reading says in a word or two, such as `healthy`, `code 43`, `basic driver`, `absent`. */
  readonly state: string;
}

export interface BootResult {
  readonly boot: number;
  readonly asked: BootKind;
  readonly observed: BootKind | null;
  readonly verdict: Verdict;
  /** Seconds on the harness's clock. */
  readonly began: number;
  readonly ended: number | null;
  /** When the agent first answered. */
  readonly agentUp: number | null;
  readonly samples: readonly Sample[];
  readonly settled: boolean;
}

export type CheckState = 'yes' | 'no' | 'unobserved';

/** What the judge says of one run. The same trace and the same rules give the same result. */
export interface Result {
  readonly schema: 1;
  readonly rules: string;
  readonly tool: string;
  /** Id of the run, and the digest of its events. */
  readonly run: string;
  readonly trace: string | null;
  readonly cell: string;
  readonly scenario: string;
  readonly name: string;
  readonly axes: Readonly<Record<string, string>>;
  readonly host: string;
  readonly guest: string;
  readonly rom: string | null;
  readonly attempt: number;
  /** What makes two runs runs of one cell; its digest is the cell's identity in the matrix. */
  readonly identity: string;
  readonly started: string | null;
  readonly evidenceClass: EvidenceClass;
  readonly verdict: Verdict;
  /** A reporter's statement carried the verdict: no n, no bound, no settle claim. */
  readonly by: 'observation' | 'statement';
  readonly expect: Expectation | null;
  /** Null where nothing was expected. */
  readonly asExpected: boolean | null;
  readonly settle: { readonly unchanged: number; readonly uptime: number; readonly samples: number };
  readonly boots: readonly BootResult[];
  readonly checks: Readonly<Record<Check, CheckState>>;
  /** In order of rank: the first is what to look at. */
  readonly findings: readonly Finding[];
}
