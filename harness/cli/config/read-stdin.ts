import { FileNotRead } from '../read-bounded-file.ts';

/** Reads standard input to its end. Throws `FileNotRead` where it is larger than `limit` bytes. */
export async function readStdin(limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit)
      throw new FileNotRead(`Standard input is larger than ${limit} bytes, the most that is read.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
