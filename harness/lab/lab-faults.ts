import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CARRIED_OUT, type FaultArguments, type FaultName } from './fault-names.ts';
import { LabFailed } from './lab-error.ts';

/** Seconds in which the node must have done what it was told. */
const DONE = 20;
const LOOK = 0.02;

/** What the node is told to do wrong: files in a folder of it, so that a person can do the same by hand. */
export class LabFaults {
  readonly #asked: string;
  readonly #carriedOut: string;

  /** @param root of the node's file system, as seen from here */
  constructor(root: string) {
    this.#asked = join(root, 'lab/faults');
    this.#carriedOut = join(root, 'lab/carried-out');
  }

  /**
   * Asks for a fault; resolves when it is under way, or when whoever comes its way will meet it.
   *
   * @throws LabFailed the node could not do it
   */
  async set(name: FaultName, fault: FaultArguments = {}): Promise<void> {
    const done = join(this.#carriedOut, name);
    rmSync(done, { force: true });
    const making = join(this.#carriedOut, `.${name}`);
    writeFileSync(making, JSON.stringify(fault));
    renameSync(making, join(this.#asked, name));
    if (!CARRIED_OUT.has(name)) return;
    const until = performance.now() + DONE * 1000;
    while (!existsSync(done)) {
      if (performance.now() > until)
        throw new LabFailed(`the node did not carry out ${name} within ${DONE} s`);
      await pause(LOOK * 1000);
    }
    const said = readFileSync(done, 'utf8').trim();
    if (said !== 'done') throw new LabFailed(`the node could not carry out ${name}: ${said}`);
  }

  /** Takes a fault back; what lasts ends a moment later. */
  clear(name: FaultName): void {
    rmSync(join(this.#asked, name), { force: true });
  }

  clearAll(): void {
    for (const name of readdirSync(this.#asked)) rmSync(join(this.#asked, name), { force: true });
  }

  /** Faults that are asked for and not over. */
  get asked(): readonly string[] {
    return readdirSync(this.#asked);
  }
}
