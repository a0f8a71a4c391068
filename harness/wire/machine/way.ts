import type { Limit } from '../deadline.ts';
import type { Session } from './session.ts';

/** How supervisors are started on a machine. */
export interface Way {
  /** As `Machine.name`. */
  readonly name: string;
  /** @throws CommandFailed it cannot be started, or not in time; ConnectionLost; the signal's reason */
  start(argv: readonly string[], limit: Limit): Promise<Session>;
  /** Why a session that ran `argv` ended without its supervisor's last word. */
  whySilent(argv: readonly string[], session: Silent): Promise<Error>;
}

export interface Silent {
  /** Whether its supervisor ever spoke, which it does before it begins the program. */
  readonly begun: boolean;
  /** What a login shell or ssh said before that. */
  readonly noise: string;
}
