// All controls, ":" and "%", and every byte from 0x7f (pve-common PVE/ParseUtils.pm, encode_text).
const PLAIN = /[\x20-\x24\x26-\x39\x3b-\x7e]/;
// White space in Unicode: a decoded description is text to Perl, where the file is bytes.
const TRAILING = '\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000';

/** What `#` and `description:` lines hold once they are put together, before anything is decoded. */
export interface EncodedPart {
  readonly encoded: string;
  /** A `#` line ends in a line end, the value of `description:` does not. */
  readonly endsLine: boolean;
}

/**
 * The description that the parts make: percent signs decoded to bytes, the bytes read as UTF-8, white space at the end
 * cut. Null without any part. Source: qemu-server PVE/QemuServer.pm, parse_vm_config; decode_text in
 * pve-common PVE/ParseUtils.pm.
 */
export function readDescription(parts: readonly EncodedPart[]): string | null {
  if (parts.length === 0) return null;
  const text = parts.map(({ encoded, endsLine }) => decode(encoded) + (endsLine ? '\n' : '')).join('');
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Whether the decoded bytes are UTF-8; of others Proxmox keeps only the replacement character. */
export function isUtf8(encoded: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(unescape(encoded));
    return true;
  } catch {
    return false;
  }
}

/** The `#` lines that Proxmox writes for a description; none for an empty one. Source: write_vm_config, encode_text. */
export function writeDescription(description: string): readonly string[] {
  return description === '' ? [] : description.split('\n').map((line) => `#${encode(line)}`);
}

function decode(encoded: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(unescape(encoded));
}

function unescape(encoded: string): Uint8Array {
  const bytes = new TextEncoder().encode(encoded);
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const hex = bytes[at] === 0x25 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : '';
    const escaped = /^[0-9A-Fa-f]{2}$/.test(hex);
    out.push(escaped ? Number.parseInt(hex, 16) : (bytes[at] ?? 0));
    if (escaped) at += 2;
  }
  return Uint8Array.from(out);
}

function encode(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function isSpace(character: string): boolean {
  return TRAILING.includes(character) || (character >= '\u2000' && character <= '\u200a');
}
