/** A word as `qm showcmd` prints it: in quotes unless it is of harmless characters only (seen in its transcripts). */
export function shellQuote(word: string): string {
  return /^[\w!%+,\-./:@^]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
