import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { readContents } from '../../rom/contents.ts';
import { readRom } from '../../rom/read.ts';
import type { RomSeen } from '../case.ts';
import type { Part } from '../part.ts';

/** A ROM file that was given; null where the part has no bytes. */
export function readRomPart({ input, bytes }: Part): RomSeen | null {
  if (bytes === null) return null;
  const facts = readRom(bytes);
  return {
    name: input,
    facts,
    contents: readContents(bytes, facts),
    sha256: bytesToHex(sha256(bytes)),
    quote: { input, line: 0, text: `${bytes.length} bytes` },
  };
}
