const TAIL = 4000;

/** A command that did not end well: how it was called, how it ended, and the end of what it said. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly argv: readonly string[];
  /** Exit code; null if it never started or a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last 4000 characters of each stream. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly aborted: boolean;

  constructor(facts: {
    readonly argv: readonly string[];
    readonly what: string;
    readonly code?: number | null;
    readonly signal?: string | null;
    readonly stdout?: string;
    readonly stderr?: string;
    readonly timedOut?: boolean;
    readonly aborted?: boolean;
    readonly cause?: unknown;
  }) {
    const stderr = (facts.stderr ?? '').slice(-TAIL);
    const said = stderr.trim().split('\n').slice(-5).join('\n');
    super(`${facts.argv.join(' ').slice(0, 500)}: ${facts.what}${said === '' ? '' : `\n${said}`}`, {
      cause: facts.cause,
    });
    this.argv = facts.argv;
    this.code = facts.code ?? null;
    this.signal = facts.signal ?? null;
    this.stdout = (facts.stdout ?? '').slice(-TAIL);
    this.stderr = stderr;
    this.timedOut = facts.timedOut ?? false;
    this.aborted = facts.aborted ?? false;
  }
}
