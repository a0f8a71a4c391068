/** What a look at a host may cost: seconds until it is given up, bytes of output after which the rest is left. */
export interface LookLimit {
  readonly seconds: number;
  readonly bytes: number;
}

/** What a command printed, and how it ended. */
export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  /** There was more than the limit allows. */
  readonly cut: boolean;
}

export interface FileText {
  readonly text: string;
  readonly cut: boolean;
}

/** All that a look at a host may do. Nothing here changes anything on it. */
export interface HostAccess {
  /** For messages: `this machine`, or the name that ssh was given. */
  readonly name: string;
  /**
   * Runs one program without a shell's syntax; `code` other than 0 is an answer, too.
   *
   * @throws NotGathered the program is not there or took too long; ConnectionLost; the signal's reason on an abort
   */
  run(argv: readonly string[], limit: LookLimit): Promise<Ran>;
  /** @throws NotGathered it is not there or may not be read; and what `run` throws */
  read(path: string, limit: LookLimit): Promise<FileText>;
  /** Names in a directory. @throws as `read` */
  list(path: string, limit: LookLimit): Promise<readonly string[]>;
}

/** Something that a host did not give: `message` says why, in words for the person who asked. */
export class NotGathered extends Error {
  override readonly name = 'NotGathered';
}
