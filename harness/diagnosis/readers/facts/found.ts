import type { FactKey, FactValues } from '../../fact.ts';
import { said, type Said } from '../reading.ts';

/** A fact of a line, and how surely: a weak one gives way to a sure one of the same kind elsewhere in the part. */
export interface Found {
  readonly fact: Said;
  readonly weak: boolean;
}

export function sure<Key extends FactKey>(key: Key, value: FactValues[Key]): Found {
  return { fact: said(key, value), weak: false };
}

export function weak<Key extends FactKey>(key: Key, value: FactValues[Key]): Found {
  return { fact: said(key, value), weak: true };
}
