import type { Diagnosis } from './diagnosis.ts';
import type { ReadInput } from './read/input-reader.ts';

/** What a page has of an input: a dropped file, bytes, or pasted text. */
export interface Given {
  /** Shown as the place of each quote: `dmesg.txt`, `pasted`. */
  readonly name: string;
  readonly content: Blob | ArrayBuffer | Uint8Array | string;
}

/**
 * Diagnoses on a page what `code43 diagnose` does in a terminal: the same inputs give the same answer. Nothing is sent
 * anywhere. A page gets this much at first; what reads and reasons is fetched from beside this module with the first
 * input; readers of archives, plain language, VMs and ROMs with the first of their kind.
 *
 * @throws what the browser throws where a file cannot be read, or a part cannot be fetched
 */
export async function diagnose(inputs: readonly Given[]): Promise<Diagnosis> {
  const [{ diagnoseOnDemand }, { readBytes }] = await Promise.all([
    import('./diagnose-on-demand.ts'),
    import('./read-bytes.ts'),
  ]);
  const read: ReadInput[] = [];
  for (const { name, content } of inputs) read.push(...(await readBytes(name, piecesOf(content))));
  return diagnoseOnDemand(read);
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
