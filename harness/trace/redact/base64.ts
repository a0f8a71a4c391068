/** Longer runs of these letters may be base64 (RFC 4648, 4); what does not read as text is none. */
const RUN = /[A-Za-z0-9+/]{8,}={0,2}/g;

/** Applies `redact` to what the base64 in a text says, as UTF-8 or as UTF-16 (PowerShell), and encodes the result. */
export function inBase64(
  text: string,
  redact: (plain: string) => string,
  onChange: (encoded: string) => void,
): string {
  return text.replace(RUN, (run) => {
    const body = run.replace(/=+$/, '');
    // One letter too many holds no whole byte.
    const whole = body.length % 4 === 1 ? body.slice(0, -1) : body;
    const decoded = decode(whole);
    if (decoded === null) return run;
    const clean = redact(decoded.text);
    if (clean === decoded.text) return run;
    const encoded = encode(clean, decoded.wide).replace(/=+$/, '') + run.slice(whole.length);
    onChange(encoded);
    return encoded;
  });
}

// What no text has: control characters but tab and the line ends.
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/;

function decode(letters: string): { readonly text: string; readonly wide: boolean } | null {
  // Of most words in a log the first three bytes already are no text.
  if (!beginsAsText(letters)) return null;
  const bytes = Uint8Array.from(atob(letters), (byte) => byte.charCodeAt(0));
  const wide = bytes[1] === 0 && bytes[3] === 0;
  try {
    const even = wide && bytes.length % 2 === 1 ? bytes.subarray(0, -1) : bytes;
    const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: true }).decode(even);
    return NO_TEXT.test(text) ? null : { text, wide };
  } catch {
    return null;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = Uint8Array.from({ length: 128 }, (_, at) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(at))),
);
/** ASCII that prints, white space, escape, and what begins a longer character of UTF-8. */
const BEGINS = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte < 0x7f) || [9, 10, 13, 27].includes(byte) || (byte >= 0xc2 && byte <= 0xf4) ? 1 : 0,
);

function beginsAsText(letters: string): boolean {
  const value = (at: number): number => VALUES[letters.charCodeAt(at)] ?? 0;
  const first = (value(0) << 2) | (value(1) >> 4);
  if (BEGINS[first] !== 1) return false;
  const second = ((value(1) & 15) << 4) | (value(2) >> 2);
  return first >= 0x80 ? second >= 0x80 && second < 0xc0 : second === 0 || BEGINS[second] === 1;
}

function encode(text: string, wide: boolean): string {
  const bytes = wide
    ? Uint8Array.from(
        { length: text.length * 2 },
        (_, at) => (text.charCodeAt(at >> 1) >> (at % 2 === 0 ? 0 : 8)) & 0xff,
      )
    : new TextEncoder().encode(text);
  const letters: string[] = [];
  for (let at = 0; at < bytes.length; at += 3 * 4096)
    letters.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 3 * 4096))));
  return letters.join('');
}
