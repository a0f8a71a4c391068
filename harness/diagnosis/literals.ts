import { literalsOf } from './scan/literals-of.ts';
import { SIGNATURES } from './signatures.ts';

/** Every text that makes a line of a log worth keeping. */
export const LITERALS: readonly string[] = literalsOf(SIGNATURES);
