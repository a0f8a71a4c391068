import type { Signature } from '../signature.ts';

const LITERALS = new WeakMap<readonly Signature[], readonly string[]>();

/** Every text that signatures look for, once. The same array for the same signatures: what is made of it is kept by it. */
export function literalsOf(signatures: readonly Signature[]): readonly string[] {
  const literals = LITERALS.get(signatures) ?? [...new Set(signatures.flatMap((one) => one.literals))];
  LITERALS.set(signatures, literals);
  return literals;
}
