import { InvalidArgumentError } from 'commander';

/** A parser for an option that takes a whole number of at most so many digits. */
export function wholeNumber(digits: number): (text: string) => number {
  return (text) => {
    if (!/^\d+$/.test(text) || text.length > digits) {
      throw new InvalidArgumentError(`expected a whole number from 0 to ${10 ** digits - 1}.`);
    }
    return Number(text);
  };
}
