import { readFileSync, rmSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { CARRIED_OUT, type FaultName, FaultSchema } from '../../fault-names.ts';
import { writeWhole } from '../fault.ts';
import { LAB } from '../places.ts';
import { CARRIERS, type Undo } from './carriers.ts';
import type { NodeParts } from './node-parts.ts';

/**
 * Watches the control folder, and carries out those faults that nobody comes across by himself. Of each it leaves a word
 * when it is done; what lasts is undone when the fault is taken back or its seconds are over.
 */
export function carryOutFaults(node: NodeParts): void {
  const each = [...CARRIED_OUT].map((name) => new CarriedOut(name, node));
  const look = (): void => {
    for (const fault of each) fault.look();
    if (askedOf('ssh-silent') === null) node.ssh.dropSilent();
  };
  watch(LAB.faults, look);
  look();
}

/** Which file asks for a fault; null: none. Who asks again makes another. */
function askedOf(name: FaultName): number | null {
  return statSync(join(LAB.faults, name), { throwIfNoEntry: false })?.ino ?? null;
}

class CarriedOut {
  readonly #name: FaultName;
  readonly #node: NodeParts;
  #asked: number | null = null;
  /** All that was asked for so far, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #undo: Undo | null = null;

  constructor(name: FaultName, node: NodeParts) {
    this.#name = name;
    this.#node = node;
  }

  look(): void {
    const asked = askedOf(this.#name);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#work = this.#work
      .then(async () => {
        const undo = this.#undo;
        this.#undo = null;
        await undo?.();
        if (asked !== null) await this.#begin(asked);
      })
      .catch((error: unknown) => {
        writeWhole(join(LAB.carriedOut, this.#name), `failed: ${String(error)}\n`);
      });
  }

  async #begin(asked: number): Promise<void> {
    const path = join(LAB.faults, this.#name);
    const fault = FaultSchema.safeParse(JSON.parse(readFileSync(path, 'utf8') || 'null'));
    if (!fault.success) {
      // Whoever writes by hand has not written yet.
      this.#asked = null;
      return;
    }
    this.#undo = (await CARRIERS[this.#name]?.(fault.data, this.#node)) ?? null;
    writeWhole(join(LAB.carriedOut, this.#name), 'done\n');
    const { seconds } = fault.data;
    if (this.#undo === null) rmSync(path, { force: true });
    else if (seconds !== undefined)
      setTimeout(() => {
        if (askedOf(this.#name) === asked) rmSync(path, { force: true });
      }, seconds * 1000);
  }
}
