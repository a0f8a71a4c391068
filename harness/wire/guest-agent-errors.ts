/** The guest agent did not answer within `waited` seconds. It may still do what it was asked. */
export class AgentSilent extends Error {
  override readonly name = 'AgentSilent';
  readonly command: string;
  readonly waited: number;
  /** Bytes that came while it was waited for, and were no answer. */
  readonly heard: number;

  constructor(command: string, waited: number, heard = 0) {
    super(`guest agent: no answer to ${command} within ${waited} s`);
    this.command = command;
    this.waited = waited;
    this.heard = heard;
  }
}

/** The agent answers, but the program it was asked to run has not ended within `waited` seconds. It goes on. */
export class StillRunning extends Error {
  override readonly name = 'StillRunning';
  readonly command: string;
  readonly waited: number;

  constructor(path: string, waited: number) {
    super(`guest agent: ${path} did not end within ${waited} s`);
    this.command = path;
    this.waited = waited;
  }
}

/**
 * What came instead of an answer: the agent's own `error`, something `unreadable`, an answer that is `too-long`, or a
 * `flood` of what nobody asked for.
 */
export type Refusal = 'error' | 'unreadable' | 'too-long' | 'flood';

/** The guest agent answered with an error, or with something that is no answer to the command. */
export class AgentRefused extends Error {
  override readonly name = 'AgentRefused';
  readonly command: string;
  readonly desc: string;
  readonly as: Refusal;

  constructor(command: string, desc: string, as: Refusal = 'error') {
    super(`guest agent refused ${command}: ${desc}`);
    this.command = command;
    this.desc = desc;
    this.as = as;
  }
}

/** The channel to the guest agent has ended. */
export class AgentGone extends Error {
  override readonly name = 'AgentGone';
}
