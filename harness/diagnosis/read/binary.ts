/** What the first bytes of an input show it to be. */
export type Content = 'utf-8' | 'utf-16le' | 'utf-16be' | 'rom' | 'binary';

/** So many bytes decide. */
export const HEAD = 4_096;
/** Larger than any option ROM. */
export const ROM_LIMIT = 16 * 1024 * 1024;

/** @param head the first `HEAD` bytes, or all where there are fewer */
export function contentOf(head: Uint8Array): Content {
  const [first = 0, second = 0] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x55 && second === 0xaa) return 'rom';
  if (first === 0x4d && second === 0x5a && head.subarray(0, 64).includes(0)) return 'rom';
  // What a device without a ROM gives: one byte, again and again.
  if (head.length >= 512 && (first === 0xff || first === 0) && head.every((byte) => byte === first))
    return 'rom';
  const zeros = [count(head, 0, (byte) => byte === 0), count(head, 1, (byte) => byte === 0)] as const;
  const half = head.length / 2;
  if (head.length >= 8 && zeros[1] > half * 0.6 && zeros[0] < half * 0.1) return 'utf-16le';
  if (head.length >= 8 && zeros[0] > half * 0.6 && zeros[1] < half * 0.1) return 'utf-16be';
  const control = count(head, 0, isControl) + count(head, 1, isControl);
  return control > head.length * 0.04 || zeros[0] + zeros[1] > head.length * 0.3 ? 'binary' : 'utf-8';
}

function count(head: Uint8Array, from: number, test: (byte: number) => boolean): number {
  let found = 0;
  for (let at = from; at < head.length; at += 2) if (test(head[at] ?? 0)) found += 1;
  return found;
}

function isControl(byte: number): boolean {
  return (byte >= 1 && byte < 9) || (byte > 13 && byte < 27) || (byte > 27 && byte < 32);
}
