/** Words that every shell reads as themselves. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * One line that a POSIX shell reads as exactly these words. The one place where words become shell text.
 *
 * @throws RangeError a word holds a NUL, which no command line can carry
 */
export function shellWords(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  if (word.includes('\0')) throw new RangeError('a word of a command line cannot hold a NUL');
  return PLAIN.test(word) && !word.startsWith('=') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
