/** Escapes what would not survive as one line of a config: control and non-ASCII characters, `:` and `%`. */
export function encodeDescription(text: string): string {
  return text.replace(/[^ -9;-~]|%/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

/** Takes any text; bytes that are no UTF-8 become U+FFFD. */
export function decodeDescription(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return bytes === text ? text : Buffer.from(bytes, 'latin1').toString();
}
