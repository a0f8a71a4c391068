/**
 * Splits `args:` as Perl's Text::ParseWords::shellwords does: quotes and backslashes, nothing else of a shell. A quote
 * without its other end drops all words (seen in the transcript of `qm showcmd` with such args).
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let rest = line.replace(/^\s+/, '');
  while (rest !== '') {
    const [taken = '', quoted, single, plain, space] =
      /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:\\.|[^\s\\'"])+)|(\s+))/s.exec(rest) ?? [];
    if (taken === '') return [];
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else
      word =
        (word ?? '') + (single ?? quoted?.replace(/\\(.)/gs, '$1') ?? plain?.replace(/\\(.)/gs, '$1') ?? '');
    rest = rest.slice(taken.length);
  }
  return word === null ? words : [...words, word];
}
