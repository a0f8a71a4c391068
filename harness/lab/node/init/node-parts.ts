import type { EventDaemon } from './qmeventd.ts';
import type { SshServer } from './ssh-server.ts';

/** What of a node listens by itself. */
export interface NodeParts {
  readonly ssh: SshServer;
  readonly events: EventDaemon;
}
