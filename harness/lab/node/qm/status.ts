import { isOn } from '../options.ts';
import { current } from '../vm/vm-status.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm status`: the one word is QEMU's own where it runs. */
export const STATUS: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { verbose: 'flag' },
  from: [
    'qm status, stopped',
    'qm status --verbose, stopped',
    'qm status, running',
    'qm status --verbose, running',
    'qm status, paused',
  ],
  run: async (given, io) => {
    const facts = await current(vmidOf(given));
    if (isOn(given.options['verbose'])) io.out(lines(facts, '').join(''));
    else io.out(`status: ${String(facts['qmpstatus'])}\n`);
    return 0;
  },
};

/** A cpu's share is in no listing of `qm`. */
function lines(facts: object, indent: string): string[] {
  return Object.entries(facts)
    .filter(([key]) => key !== 'cpu')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]: [string, unknown]) =>
      value !== null && typeof value === 'object'
        ? [`${indent}${key}:\n`, ...lines(value, `${indent}\t`)]
        : [`${indent}${key}: ${String(value)}\n`],
    );
}
