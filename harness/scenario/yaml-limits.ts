import { Lexer } from 'yaml';

/** Tokens of the lexer that stand for no text: a document begins, flow ended early, a scalar is next. */
const SCALAR_NEXT = '\u001f';
const MARKS: readonly string[] = ['\u0002', '\u0018', SCALAR_NEXT];

const MAX_TOKENS = 20_000;
const MAX_INDENT = 100;
const MAX_FLOW_DEPTH = 32;
const MAX_MARKERS_A_LINE = 8;

/** What in a YAML text is beyond what the parser should be given, and at which character. */
export interface Excess {
  readonly offset: number;
  readonly message: string;
}

/**
 * Looks for YAML that would cost the parser too much, without parsing: the lexer is linear and does not recurse, while
 * `- - - …` repeated a hundred thousand times ends the whole process inside the parser (measured with yaml 2.9.1).
 * Aliases are refused: nothing in these files needs one, and they are what a YAML bomb is made of.
 */
export function yamlExcess(text: string): Excess | null {
  const scan = { tokens: 0, depth: 0, markers: 0, lineStart: true };
  let offset = 0;
  let scalarFollows = false;
  for (const token of new Lexer().lex(text)) {
    if (!scalarFollows && MARKS.includes(token)) {
      scalarFollows = token === SCALAR_NEXT;
      continue;
    }
    const message = scalarFollows ? null : excessOf(token, scan);
    if (++scan.tokens > MAX_TOKENS) return { offset, message: 'the YAML has too many parts' };
    if (message !== null) return { offset, message };
    scan.lineStart = token.endsWith('\n');
    if (scan.lineStart) scan.markers = 0;
    scalarFollows = false;
    offset += token.length;
  }
  return null;
}

interface Scan {
  tokens: number;
  depth: number;
  markers: number;
  lineStart: boolean;
}

function excessOf(token: string, scan: Scan): string | null {
  const deep = 'the YAML nests too deeply';
  if (token.startsWith('*') || token.startsWith('&'))
    return 'anchors and aliases are not read here; write the value out';
  if (token === '[' || token === '{') return ++scan.depth > MAX_FLOW_DEPTH ? deep : null;
  if (token === ']' || token === '}') scan.depth = Math.max(0, scan.depth - 1);
  if (scan.lineStart && token.startsWith(' ')) return token.length > MAX_INDENT ? deep : null;
  const marker = token === '-' || token === '?' || (token === ':' && scan.depth === 0);
  return marker && ++scan.markers > MAX_MARKERS_A_LINE ? deep : null;
}
