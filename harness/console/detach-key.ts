/** A key that cannot be one. */
export class NoDetachKey extends Error {
  override readonly name = 'NoDetachKey';
}

/** A key that leaves the console, and never reaches the guest. */
export interface DetachKey {
  readonly byte: number;
  /** As people write it: `Ctrl-]`. */
  readonly name: string;
}

export const DEFAULT_DETACH_KEY = 'ctrl-]';

/** Keys that would leave the console in the middle of ordinary typing: Enter, Tab, Backspace and Escape send these. */
const IN_USE = new Set(['H', 'I', 'J', 'M', '[']);

/**
 * Reads `ctrl-<key>`: a letter or one of `\ ] ^ _`. Control and a key send the key's code without its upper three
 * bits (ECMA-6, ASCII columns 4 and 5).
 *
 * @throws NoDetachKey
 */
export function detachKey(text: string): DetachKey {
  const [, key] = /^(?:ctrl-|c-|\^)([a-z\\\]^_])$/i.exec(text) ?? [];
  const upper = key?.toUpperCase();
  if (upper === undefined || IN_USE.has(upper)) {
    throw new NoDetachKey(
      `expected ctrl- and a letter or one of \\ ] ^ _, but not ctrl-h, -i, -j or -m, which other keys send`,
    );
  }
  return { byte: upper.charCodeAt(0) & 0x1f, name: `Ctrl-${upper}` };
}
