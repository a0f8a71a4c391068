/** The switch was asked in vain, or answered what it should not. The message holds no password. */
export class PowerSwitchFailed extends Error {
  override readonly name = 'PowerSwitchFailed';

  /** @param what for messages: `the Shelly plug`, `the power command` */
  constructor(what: string, why: string, options?: ErrorOptions) {
    super(`${what}: ${why}`, options);
  }
}
