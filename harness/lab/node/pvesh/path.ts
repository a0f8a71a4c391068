import type { Io } from '../io.ts';
import type { OptionKind } from '../options.ts';

export interface Asked {
  /** What stood in the path where the pattern has a `{word}`. */
  readonly at: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly io: Io;
}

/** One path of the API below `pvesh get`. */
export interface Path {
  /** `/nodes/{node}/qemu/{vmid}/config` */
  readonly pattern: string;
  readonly options?: Readonly<Record<string, OptionKind>>;
  /** Titles of the transcripts that its answers are taken from; `NOT_OBSERVED` where none has them. */
  readonly from: readonly string[];
  readonly get: (asked: Asked) => unknown;
}
