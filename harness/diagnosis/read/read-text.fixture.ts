import { InputReader, type ReadInput } from './input-reader.ts';

export const LITERALS: readonly string[] = [
  'Invalid PCI ROM header',
  'Failed to find VBIOS',
  'failed to setup container',
  'start failed:',
  'changed VGA decodes',
  'fault addr',
];

/** Reads a text as one input, in pieces of so many bytes. */
export function readText(text: string | Uint8Array, size = 65_536, literals = LITERALS): ReadInput {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const reader = new InputReader('given.txt', literals);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return reader.end();
}

/** `kind first-last` of each part. */
export function kindsOf(text: string | Uint8Array): readonly string[] {
  return readText(text).parts.map(({ kind, from, to }) => `${kind} ${from}-${to}`);
}
