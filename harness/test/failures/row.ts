/** One way a boot can go wrong, provoked for real. What happens, and what must come of it, stands in its scenario. */
export interface Row {
  /** The scenario `failures/<id>`. */
  readonly id: string;
  readonly group: string;
  /** By which instrument it is noticed, in a short sentence. */
  readonly seen: string;
  /** A line of `args` that the owner of the host must have allowed. */
  readonly ownerArgs?: string;
  /** Added to the environment. A row that has one is run by itself. */
  readonly env?: Readonly<Record<string, string>>;
  /** Why it cannot be provoked on this machine; null: it can. */
  readonly needs?: () => Promise<string | null>;
  /** Files for QEMU, by their path below the folder it is started in. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Prepares the project before the run, and gives what undoes that. A row that has one is run by itself. */
  readonly before?: (folder: string) => Promise<() => Promise<void>>;
  /** Done to QEMU once its guest agent has answered. A row that has one is run by itself. */
  readonly strike?: NodeJS.Signals;
  /** Nothing is recorded that could be replayed. */
  readonly noTrace?: true;
}
