import type { Duplex } from 'node:stream';
import type { Exit } from '../wire/process.ts';

/** What becomes a node, whatever it is enclosed by. */
export interface Enclosed {
  /** Its first process; it must have namespaces of its own (mounts, host name, IPC, processes), and this network. */
  readonly argv: readonly string[];
  /** Files of this machine that it reads, in the places where they are. */
  readonly files: readonly string[];
  readonly onStderr: (line: string) => void;
}

/** A node's first process, held by its stdin: the node ends with that, whoever closes it. */
export interface HeldNode {
  /** Its stdin and stdout. */
  readonly leash: Duplex;
  /** Resolves when it has ended. Never rejects. */
  readonly exited: Promise<Exit>;
  /** Ends it; nothing of it is left then. */
  stop(): Promise<void>;
}

/** How the stand-in node is kept apart from this machine. */
export interface LabForm {
  /** Why that cannot be done here, as a phrase; null: it can. */
  whyNot(): Promise<string | null>;
  start(enclosed: Enclosed): Promise<HeldNode>;
}
