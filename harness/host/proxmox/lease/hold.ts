import type { Machine } from '../../../wire/machine/machine.ts';
import { letGo } from './let-go.ts';
import { LeaseLost } from './lease-errors.ts';
import type { Lease } from './lease.ts';
import type { Leased } from './leased-machine.ts';

/**
 * A run's lease over the restarts of its node: each ends the lease, and another is taken. Whoever has this one has the
 * present one; what was begun under the one before fails, as under any lease that is over.
 */
export class Hold implements Leased {
  readonly address: string;
  readonly #node: Machine;
  readonly #take: () => Promise<Lease>;
  #lease: Lease | null;

  private constructor(node: Machine, take: () => Promise<Lease>, lease: Lease) {
    this.#node = node;
    this.#take = take;
    this.#lease = lease;
    this.address = lease.address;
  }

  /** @param take asks for the lease, each time anew. @throws what it throws */
  static async begin(node: Machine, take: () => Promise<Lease>): Promise<Hold> {
    return new Hold(node, take, await take());
  }

  /** Of the present lease. @throws LeaseLost there is none */
  get signal(): AbortSignal {
    return this.#present.signal;
  }

  check(): void {
    this.#present.check();
  }

  fenced(argv: readonly string[]): readonly string[] {
    return this.#present.fenced(argv);
  }

  /** After a restart of the node, which has ended the lease. @throws what taking one throws; there is none then */
  async renew(): Promise<void> {
    const before = this.#lease;
    this.#lease = null;
    await before?.[Symbol.asyncDispose]();
    this.#lease = await this.#take();
  }

  /** Of the present lease, if there is one. @throws what `letGo` throws */
  async letGo(): Promise<void> {
    if (this.#lease !== null) await letGo(this.#node, this.#lease);
  }

  get #present(): Lease {
    if (this.#lease !== null) return this.#lease;
    throw new LeaseLost(
      `the lease of ${this.address} on ${this.#node.name}`,
      'the node was restarted, and it was not taken anew',
    );
  }
}
