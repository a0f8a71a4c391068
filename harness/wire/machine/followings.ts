import type { Following } from './machine.ts';

/** The programs that are followed on one machine, so that they end with it. */
export class Followings implements AsyncDisposable {
  readonly #running = new Set<Following>();

  add(following: Following): Following {
    this.#running.add(following);
    const remove = (): void => void this.#running.delete(following);
    following.ended.then(remove, remove);
    return following;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((following) => following[Symbol.asyncDispose]()));
  }
}
