import { setMaxListeners } from 'node:events';
import { TestRunner } from 'vitest';
import type { VitestRunner } from 'vitest/runners';
import { asleep, awake, hits } from './switch.ts';

type Test = Parameters<NonNullable<VitestRunner['runTask']>>[0];

declare module 'vitest' {
  interface TaskMeta {
    /** Mutants whose place the test, or the loading of its modules, came by. */
    mutants?: {
      readonly reached: readonly number[];
      readonly loaded: readonly number[];
      readonly killed: readonly number[];
    };
  }
  interface ProvidedContext {
    /** The one mutant that is awake from the loading of the modules on; 0: each after the other, test by test. */
    alone: number;
    /** Those that need not be tried any more. */
    dead: number[];
  }
}

/** Killed so far; no other test need try them. */
const dead = new Set<number>();

/**
 * Runs each test once as it is, then again with each mutant that lives and whose place it came by: modules are loaded
 * once for all of them.
 */
export default class MutantRunner extends TestRunner {
  readonly #alone: number;

  constructor(...given: ConstructorParameters<typeof TestRunner>) {
    super(...given);
    this.#alone = this.injectValue('alone') as number;
    awake(this.#alone);
    for (const id of this.injectValue('dead') as number[]) dead.add(id);
  }

  async runTask(test: Test): Promise<void> {
    const run = TestRunner.getTestFn(test);
    // Each call of `run` listens for an end of the test by others.
    setMaxListeners(0, test.context.signal);
    if (this.#alone > 0) {
      await run();
      return;
    }
    const loaded = hits();
    await run();
    const reached = hits();
    const killed: number[] = [];
    for (const id of reached) {
      if (dead.has(id)) continue;
      awake(id);
      try {
        await run();
      } catch {
        killed.push(id);
        dead.add(id);
      } finally {
        asleep();
      }
    }
    hits();
    test.meta.mutants = { reached, loaded, killed };
  }
}
