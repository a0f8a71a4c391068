import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { fileProblem, quote, type SourceProblem } from './problem.ts';
import { yamlExcess } from './yaml-limits.ts';

export type Path = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML file as plain values, and where each of them stands. */
export interface SourceDocument {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path stands; where its nearest ancestor does if it is absent. */
  at(path: Path): Position;
  /** Where the key of the last step of a path stands. */
  atKey(path: Path): Position;
  /** Where a line and column of the text at a path stand in the file, for text in a `|` block; else where it begins. */
  atText(path: Path, line: number, column: number): Position;
}

export type Parsed =
  | { readonly document: SourceDocument; readonly problems: readonly [] }
  | { readonly document: null; readonly problems: readonly SourceProblem[] };

const MOST_PROBLEMS = 20;

/**
 * Parses the text of a YAML file into plain values. Anything YAML that these files have no use for is a problem.
 *
 * @param verbatim paths whose plain numbers and booleans are wanted as they are written (`10.0` stays `10.0`)
 */
export function parseSource(
  file: string,
  text: string,
  verbatim: (path: Path) => boolean = () => false,
): Parsed {
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string): SourceProblem => {
    const { line, col } = lines.linePos(offset);
    return { ...fileProblem(file, message), line: Math.max(1, line), column: Math.max(1, col) };
  };
  lines.lineStarts = lineStartsOf(text);
  const excess = yamlExcess(text);
  if (excess !== null) return failed([problemAt(excess.offset, excess.message)]);
  const parsed = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
  const faults = [...parsed.errors, ...parsed.warnings];
  if (faults.length > 0)
    return failed(faults.map((fault) => problemAt(fault.pos[0], yamlMessage(fault.message))));
  const reader = new NodeReader(verbatim, problemAt);
  const value = reader.read(parsed.contents, []);
  if (reader.problems.length > 0) return failed(reader.problems);
  return { document: new Located(file, value, text, lines, reader.places), problems: [] };
}

function failed(problems: readonly SourceProblem[]): Parsed {
  return { document: null, problems: problems.slice(0, MOST_PROBLEMS) };
}

function yamlMessage(message: string): string {
  return message.startsWith('Source contains multiple documents')
    ? 'expected one YAML document; a second one begins here'
    : `not valid YAML: ${message}`;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface Place {
  readonly key: Node | null;
  readonly value: Node | null;
}

const placeKey = (path: Path): string => JSON.stringify(path);

/** Turns nodes into plain values and remembers where each stood. */
class NodeReader {
  readonly places = new Map<string, Place>();
  readonly problems: SourceProblem[] = [];
  readonly #verbatim: (path: Path) => boolean;
  readonly #problemAt: (offset: number, message: string) => SourceProblem;

  constructor(
    verbatim: (path: Path) => boolean,
    problemAt: (offset: number, message: string) => SourceProblem,
  ) {
    this.#verbatim = verbatim;
    this.#problemAt = problemAt;
  }

  read(node: Node | null, path: Path, key: Node | null = null): unknown {
    this.places.set(placeKey(path), { key, value: node });
    if (isMap(node)) return this.#map(node, path);
    if (isSeq(node)) return this.#list(node, path);
    if (isScalar(node)) {
      const written =
        typeof node.value === 'number' || typeof node.value === 'boolean' ? node.source : undefined;
      return written !== undefined && this.#verbatim(path) ? written : node.value;
    }
    if (isAlias(node)) this.#refuse(node, 'aliases are not read here; write the value out');
    return null;
  }

  #list(node: YAMLSeq, path: Path): unknown[] {
    return node.items.map((item, index) => this.read(asNode(item), [...path, index]));
  }

  #map(node: YAMLMap, path: Path): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const keyNode = asNode(key);
      const name = isScalar(keyNode) ? (keyNode.source ?? keyNode.value) : null;
      if (typeof name !== 'string' || name === '' || name === '__proto__') {
        this.#refuse(keyNode ?? node, `expected a key that is a word, got ${quote(name)}`);
      } else if (entries.has(name)) {
        this.#refuse(keyNode ?? node, `the key ${quote(name)} stands here a second time`);
      } else {
        entries.set(name, this.read(asNode(value), [...path, name], keyNode));
      }
    }
    return Object.fromEntries(entries);
  }

  #refuse(node: Node, message: string): void {
    this.problems.push(this.#problemAt(node.range?.[0] ?? 0, message));
  }
}

/** A pair's key or value: a parsed document holds nodes only, null for what is left out. */
function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

class Located implements SourceDocument {
  readonly file: string;
  readonly value: unknown;
  readonly #text: string;
  readonly #lines: LineCounter;
  readonly #places: ReadonlyMap<string, Place>;

  constructor(
    file: string,
    value: unknown,
    text: string,
    lines: LineCounter,
    places: ReadonlyMap<string, Place>,
  ) {
    this.file = file;
    this.value = value;
    this.#text = text;
    this.#lines = lines;
    this.#places = places;
  }

  at(path: Path): Position {
    for (let depth = path.length; depth >= 0; depth--) {
      const place = this.#places.get(placeKey(path.slice(0, depth)));
      const offset = place?.value?.range?.[0] ?? place?.key?.range?.[0];
      if (offset !== undefined) return this.#position(offset);
    }
    return { line: 1, column: 1 };
  }

  atKey(path: Path): Position {
    const offset = this.#places.get(placeKey(path))?.key?.range?.[0];
    return offset === undefined ? this.at(path) : this.#position(offset);
  }

  atText(path: Path, line: number, column: number): Position {
    const start = this.at(path);
    const node = this.#places.get(placeKey(path))?.value;
    if (!isScalar(node) || typeof node.value !== 'string') return start;
    const inBlock = node.type === 'BLOCK_LITERAL';
    if (!inBlock)
      return line === 1 && node.type === 'PLAIN' ? { ...start, column: start.column + column - 1 } : start;
    const written = node.value.split('\n')[line - 1];
    const source = this.#text.split(/\r?\n/)[start.line + line - 1];
    if (written === undefined || source?.endsWith(written) !== true) return start;
    return { line: start.line + line, column: source.length - written.length + column };
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}
