/** The guest agent did not answer within `waited` seconds. It may still do what it was asked. */
export class AgentSilent extends Error {
  override readonly name = 'AgentSilent';
  readonly command: string;
  readonly waited: number;

  constructor(command: string, waited: number, what = 'no answer') {
    super(`guest agent: ${what} to ${command} within ${waited} s`);
    this.command = command;
    this.waited = waited;
  }
}

/** The guest agent answered with an error, or with something that is no answer to the command. */
export class AgentRefused extends Error {
  override readonly name = 'AgentRefused';
  readonly command: string;
  readonly desc: string;

  constructor(command: string, desc: string) {
    super(`guest agent refused ${command}: ${desc}`);
    this.command = command;
    this.desc = desc;
  }
}

/** The channel to the guest agent has ended. */
export class AgentGone extends Error {
  override readonly name = 'AgentGone';
}
