import { readBytes } from './read-bytes.ts';
import type { ReadInput } from './read/input-reader.ts';
import { understandOnDemand } from './understand-on-demand.ts';
import type { Understood } from './understand-with.ts';

/** What a page has of an input: a dropped file, bytes, or pasted text. */
export interface Given {
  /** Shown as the place of each quote: `dmesg.txt`, `pasted`. */
  readonly name: string;
  readonly content: Blob | ArrayBuffer | Uint8Array | string;
}

/**
 * Reads what a page has, and understands it. Here begins what reads, as against what concludes.
 * @throws what the browser throws where a file cannot be read, or a part cannot be fetched
 */
export async function understandGiven(
  given: readonly Given[],
): Promise<{ readonly understood: Understood; readonly inputs: readonly ReadInput[] }> {
  const inputs: ReadInput[] = [];
  for (const { name, content } of given) inputs.push(...(await readBytes(name, piecesOf(content))));
  return { understood: await understandOnDemand(inputs), inputs };
}

function piecesOf(content: Given['content']): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof content === 'string') return [new TextEncoder().encode(content)];
  if (content instanceof Uint8Array) return [content];
  return content instanceof ArrayBuffer ? [new Uint8Array(content)] : streamed(content);
}

/** Not every browser can iterate over a stream. */
async function* streamed(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = (file.stream() as ReadableStream<Uint8Array>).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
