import { TemplateRefused } from '../template-refused.ts';
import type { UdfFile } from './udf.ts';

const HEADER_BYTES = 208;
const MAX_XML_BYTES = 8 * 1024 * 1024;
const COMPRESSED = 4;

/**
 * The XML in which an image file (`.wim`, `.esd`) tells what images it holds. The format is Microsoft's (Windows
 * Imaging File Format: header of 208 bytes, the XML's place at 72: seven bytes of size, flags, offset).
 *
 * @param path of the medium, for messages
 * @throws TemplateRefused it is no image file
 */
export async function readWimXml(file: UdfFile, path: string): Promise<string> {
  const header = file.size < HEADER_BYTES ? Buffer.alloc(HEADER_BYTES) : await file.read(0, HEADER_BYTES);
  if (header.toString('latin1', 0, 8) !== 'MSWIM\0\0\0')
    throw new TemplateRefused(`${path} holds an install image that is none: it does not begin with MSWIM`);
  const size = header.readUIntLE(72, 6);
  const flags = header.readUInt8(79);
  const offset = Number(header.readBigUInt64LE(80));
  if (header.readUInt8(78) !== 0 || size > MAX_XML_BYTES || (flags & COMPRESSED) !== 0 || offset > file.size)
    throw new TemplateRefused(`${path}: the list of its Windows editions is not readable`);
  return new TextDecoder('utf-16le').decode(await file.read(offset, size));
}
