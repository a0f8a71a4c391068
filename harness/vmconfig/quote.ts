const SHOWN = 60;

/**
 * Text from a config as it may stand in a message: in double quotes, printable ASCII only (the rest as `\u{…}`),
 * at most 60 characters of it.
 */
export function quote(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const safe = shown.replace(/[^\x20-\x7e…]|["\\]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${safe}"`;
}
