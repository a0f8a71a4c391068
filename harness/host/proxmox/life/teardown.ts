import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { messageOf } from '../../../text/message-of.ts';

/** Steps of a tear-down that did not succeed; all others were done. */
export class TeardownFailed extends AggregateError {
  override readonly name = 'TeardownFailed';

  constructor(failures: readonly { readonly what: string; readonly error: unknown }[]) {
    const said = failures.map(({ what, error }) => `${what}: ${messageOf(error)}`).join('\n');
    super(
      failures.map(({ error }) => error),
      `this is left on the host:\n${said}\n\`code43 clean\` lists it, and takes away what is ours`,
    );
  }
}

/**
 * What has to be undone after a run. Each step is put down before what it undoes is begun, so every one must be able to
 * find that there is nothing to do. Disposing undoes the newest first; one that fails does not keep the others from it.
 */
export class Teardown implements AsyncDisposable {
  readonly #again: () => Promise<void>;
  /** It was waited for in vain, and is not once more for each step. */
  #isGone = false;
  #steps: { readonly what: string; readonly undo: () => Promise<void> }[] = [];

  /**
   * @param again waits until the host can be reached anew; a step whose connection is lost is done once more then.
   *   Rejects where it cannot be reached
   */
  constructor(again: () => Promise<void>) {
    this.#again = again;
  }

  /** @param what for a person: `VM 9100 stays` where it cannot be undone */
  add(what: string, undo: () => Promise<void>): void {
    this.#steps.push({ what, undo });
  }

  /** @throws TeardownFailed */
  async [Symbol.asyncDispose](): Promise<void> {
    const steps = this.#steps.reverse();
    this.#steps = [];
    const failures: { what: string; error: unknown }[] = [];
    for (const { what, undo } of steps) {
      try {
        await this.#undo(undo);
      } catch (error) {
        failures.push({ what, error });
      }
    }
    if (failures.length > 0) throw new TeardownFailed(failures);
  }

  async #undo(undo: () => Promise<void>): Promise<void> {
    try {
      await undo();
    } catch (error) {
      if (!(error instanceof ConnectionLost) || this.#isGone) throw error;
      this.#isGone = true;
      await this.#again();
      this.#isGone = false;
      await undo();
    }
  }
}
