// Terminal sequences: CSI, OSC, two-character ones; and colours that lost their escape character on the way.
const TERMINAL = /\x1b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[@-Z\\^_]?)/g;
const ORPHANED = /\[(?:(?:[0-9]|[0-9]{2}|[01];[0-9]{2}|[01];[0-9]{2};[0-9]{2})m|m(?![a-z]))(?:\[K)?/g;
const ODD_SPACE = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\u0085]/g;
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const UNUSUAL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00ad\u2000-\u206f\u3000\ufeff&`]|\[[\d;]{0,8}m|^\s{0,12}>|\[\/?\w{3,6}|<\/?[a-z]/i;
const QUOTE_MARKS = /^(?:\s{0,3}>(?=\s|$|\[|>)\s?){1,9}/;
const ENTITY = /&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});/gi;
const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const FRAME =
  /^\s{0,12}(?:<\/?(?:pre|code|details|summary|blockquote|p|br|div|span|b|strong|i|em|h[1-6]|ul|ol|li)\b[^<>]{0,200}>|\[\/?(?:code|quote|spoiler|icode|plain|b|list)\b[^\[\]]{0,80}\])/i;
const FRAME_END =
  /(?:<\/(?:pre|code|details|summary|blockquote|p|div|span|b|strong|i|em|h[1-6]|li)>|<br ?\/?>|\[\/(?:code|quote|spoiler|icode|plain|b|list)\])\s{0,12}$/i;

/** A line as it was meant, and whether something that frames code or a quotation stood around it. */
export interface CleanLine {
  readonly text: string;
  readonly framed: boolean;
}

/**
 * Takes away what terminals, mail, forums and editors put around a line: colours, control and invisible characters,
 * odd spaces, quotation marks, entities, tags and fences of code. A line of XML keeps its entities.
 */
export function cleanLine(given: string): CleanLine {
  if (!UNUSUAL.test(given)) return { text: given.trimEnd(), framed: false };
  const plain = given
    .replace(TERMINAL, '')
    .replace(ORPHANED, '')
    .replace(ODD_SPACE, ' ')
    .replace(INVISIBLE, '')
    .replace(QUOTE_MARKS, '');
  const { text, framed } = unframe(plain);
  return { text: withoutEntities(text).trimEnd(), framed };
}

function unframe(given: string): CleanLine {
  if (/^\s{0,12}(?:```|~~~)/.test(given)) return { text: '', framed: true };
  let text = given;
  for (let round = 0; round < 4; round += 1) text = text.replace(FRAME, '').replace(FRAME_END, '');
  const framed = text !== given;
  const [, code] = /^\s{0,12}`([^`]{1,4000})`\s{0,12}$/.exec(text) ?? [];
  return { text: code ?? text, framed };
}

function withoutEntities(text: string): string {
  if (!text.includes('&') || text.includes('<')) return text;
  return text.replace(ENTITY, (entity) => {
    const name = entity.slice(1, -1).toLowerCase();
    if (!name.startsWith('#')) return NAMED[name] ?? entity;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code >= 0x20 && code <= 0xffff ? String.fromCharCode(code) : ' ';
  });
}
