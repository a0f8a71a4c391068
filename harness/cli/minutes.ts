import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes minutes. Where they may be left out, the next word may have been meant as a target. */
export function parseMinutes(text: string): number {
  if (!/^\d{1,4}(\.\d)?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('expected minutes from 0.1 to 9999, joined to the option by "=".');
  }
  return Number(text);
}
