import type { CommandOutput } from '../../../wire/shell.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import { LeaseLost } from './lease-errors.ts';
import { FENCED, type Lease } from './lease.ts';

/** What the fence says where it refuses, whatever stands around it. */
const REFUSED = /^code43: the lease of \S+ is not ours any more$/m;

/** What the right to use a device comes to for a command. */
export type Leased = Pick<Lease, 'address' | 'check' | 'fenced'>;

/**
 * The machine, for what may be done under the lease only: a command is begun only while the node itself sees the lease
 * as this owner's, and nothing at all once the owner cannot trust it any more. It is not the machine's owner: disposing
 * of it does nothing.
 *
 * Its methods throw `LeaseLost` beside what the machine's own throw; a program that is followed, or on a terminal, ends
 * with `FENCED` instead.
 */
export function leasedMachine(machine: Machine, lease: Leased): Machine {
  return {
    name: machine.name,
    run: async (argv, limit) => {
      lease.check();
      const output = await machine.run(lease.fenced(argv), limit);
      refuse(output, machine, lease);
      return output;
    },
    follow: async (argv, options) => {
      lease.check();
      return machine.follow(lease.fenced(argv), options);
    },
    connect: async (path, limit) => {
      lease.check();
      return machine.connect(path, limit);
    },
    terminal: async (argv, size) => {
      lease.check();
      return machine.terminal(lease.fenced(argv), size);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function refuse({ code, stderr }: CommandOutput, machine: Machine, lease: Leased): void {
  if (code === FENCED && REFUSED.test(stderr))
    throw new LeaseLost(
      `the lease of ${lease.address} on ${machine.name}`,
      'the node says that it is not ours any more',
    );
}
