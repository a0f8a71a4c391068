import { printable } from '../text/printable.ts';

/** Tells a person how far a download is: one line that is written over, and nothing where nobody watches. */
export function romProgress(
  ref: string,
  stream: NodeJS.WriteStream,
): { readonly update: (bytes: number, total: number | null) => void; readonly end: () => void } {
  let shown = -1;
  const kib = (bytes: number): number => Math.floor(bytes / 1024);
  return {
    update: (bytes, total) => {
      if (!stream.isTTY || kib(bytes) === shown) return;
      shown = kib(bytes);
      const of = total === null ? '' : ` of ${kib(total)}`;
      stream.write(`\r\u001b[K${printable(ref, 50)}: ${shown}${of} KiB`);
    },
    end: () => {
      if (shown >= 0) stream.write('\r\u001b[K');
    },
  };
}
