import { SIGNATURES } from './signatures.ts';

/** Every text that makes a line of a log worth keeping. */
export const LITERALS: readonly string[] = [...new Set(SIGNATURES.flatMap(({ literals }) => literals))];
