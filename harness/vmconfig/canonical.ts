/** A value as a part of a canonical text: all but harmless characters is escaped, so no value can look like two. */
export function encode(text: string): string {
  return text.replace(
    /[^A-Za-z0-9._:;+-]/gu,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}.`,
  );
}

/** Orders texts by their code units, the same everywhere. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
