import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { openBytes } from './medium/byte-reader.ts';
import type { DriverKind } from './scripts/driver-script.ts';
import { TemplateRefused } from './template-refused.ts';

/** The display driver that goes into the template, as its owner pinned it. */
export interface DisplayDriver {
  readonly path: string;
  readonly kind: DriverKind;
  /** 64 hex digits in lower case. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** ISO 9660 as it is written here has no larger files. */
const MAX_BYTES = 4 * 1024 ** 3 - 1;
const KINDS: readonly (readonly [string, DriverKind])[] = [
  ['PK\x03\x04', 'zip'],
  ['MZ', 'exe'],
];

/**
 * Reads the whole file and compares its digest.
 *
 * @param sha256 the digest that its owner says it has; undefined is answered with the one it has
 * @throws TemplateRefused it is not there, neither a ZIP nor a program, too large, or another file
 */
export async function readDisplayDriver(path: string, sha256: string | undefined): Promise<DisplayDriver> {
  const { kind, size } = await kindOf(path);
  const actual = await digestOf(path);
  if (sha256 === undefined)
    throw new TemplateRefused(
      `a driver is pinned by its digest: compare this one with where you have the file from, and give it\n  --driver-sha256 ${actual}`,
    );
  if (sha256.toLowerCase() !== actual)
    throw new TemplateRefused(
      `${path} is another file: its SHA-256 is ${actual}, not ${sha256.toLowerCase()}`,
    );
  return { path: resolve(path), kind, sha256: actual, size };
}

async function kindOf(path: string): Promise<{ readonly kind: DriverKind; readonly size: number }> {
  await using reader = await openBytes(path);
  const head = (await reader.read(0, Math.min(4, reader.size))).toString('latin1');
  const kind = KINDS.find(([signature]) => head.startsWith(signature))?.[1];
  if (kind === undefined)
    throw new TemplateRefused(`${path} is neither a ZIP of driver files (PK) nor an installer (MZ)`);
  if (reader.size > MAX_BYTES)
    throw new TemplateRefused(`${path} has ${reader.size} bytes; at most ${MAX_BYTES} fit on the ISO`);
  return { kind, size: reader.size };
}

/** SHA-256 of a file, in hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
