import type { Limit } from '../wire/deadline.ts';
import type { GuestAgent } from '../wire/guest-agent.ts';
import type { QmpClient } from '../wire/qmp.ts';

/** A QEMU that runs, wherever it does: its monitor, and the way to the agent of its guest. */
export interface LiveQemu {
  readonly qmp: QmpClient;
  /** What QEMU calls the character device of the agent's channel. */
  readonly agentPort: string;
  /**
   * Brings somebody together with the agent, who may be silent.
   *
   * @throws what `talk` throws; AgentGone where there is no channel any more
   */
  withAgent(talk: (agent: GuestAgent) => Promise<void>, limit: Limit): Promise<void>;
  /** Ends it, and waits until that is recorded. */
  stop(): Promise<void>;
}
