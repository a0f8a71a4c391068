/** Words that every shell reads as themselves. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** What means something else where a command's name stands: an assignment, and words of the shells' own grammar. */
const NO_NAME =
  /=|^(?:case|coproc|do|done|elif|else|esac|fi|for|foreach|function|if|in|nocorrect|noglob|repeat|select|then|time|until|while|end)$/;

/**
 * One line that a POSIX shell reads as exactly these words. The one place where words become shell text. A first word
 * that begins with `%` bash takes for a job, however it is quoted.
 *
 * @throws RangeError a word holds a NUL, which no command line can carry
 */
export function shellWords(words: readonly string[]): string {
  return words.map((word, at) => (isPlain(word, at === 0) ? word : quoted(word))).join(' ');
}

function isPlain(word: string, isName: boolean): boolean {
  return PLAIN.test(word) && !word.startsWith('=') && !(isName && NO_NAME.test(word));
}

function quoted(word: string): string {
  if (word.includes('\0')) throw new RangeError('a word of a command line cannot hold a NUL');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
