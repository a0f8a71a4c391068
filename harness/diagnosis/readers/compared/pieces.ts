/** A stretch of a line that says one thing, and whether "and" joins it to the one before. */
export interface Piece {
  readonly text: string;
  readonly joined: boolean;
}

const CUT =
  /([;!?。；](?=\s|$|[^\x20-\x7e])|[,.](?=\s|$|[^\x20-\x7e])|[()[\]{}|]|\s-\s|\b(?:but|while|whereas|however|although|though|aber|jedoch|while with)\b|但是?|不过|\s(?:and|und|&|\+)\s|(?<=\s)\/(?=\s))|\s(?=not (?:on|with|in|under)\s|nicht (?:mit|unter|auf)\s)/i;
const JOIN = /^(?:\s(?:and|und|&|\+)\s|\/)$/i;

/** A line as pieces, in order. A colon does not cut: what stands before it is what the rest is about. Pure. */
export function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let joined = false;
  // Where nothing is captured at a cut, `split` hands back undefined.
  for (const part of line.split(CUT) as (string | undefined)[]) {
    if (part === undefined || part === '') continue;
    if (part.length < 12 && CUT.test(`${part} `) && part.replace(CUT, '').trim() === '')
      joined = JOIN.test(part);
    else {
      const text = part.trim();
      if (text !== '') pieces.push({ text, joined });
      joined = false;
    }
  }
  return pieces;
}
