/** An element of an XML text that need not be whole. */
export interface XmlElement {
  /** Without its name-space prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands between its tags, without that of its children, trimmed. */
  readonly text: string;
  /** Index of the line that its tag begins in, from 0. */
  readonly line: number;
}

interface Open extends XmlElement {
  readonly attributes: Map<string, string>;
  readonly children: Open[];
  text: string;
}

const MAX_TEXT = 300_000;
const MAX_ELEMENTS = 5_000;
const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 64;

/**
 * Reads what there is of an XML text: whole or a fragment, also where ends are missing. Entities of its own are not
 * looked at, so nothing can grow. Never throws; what goes beyond the bounds is left out.
 */
export function readXml(text: string): XmlElement {
  const root = open('', 0);
  const stack: Open[] = [root];
  let elements = 0;
  let line = 0;
  let at = 0;
  const source = text.slice(0, MAX_TEXT);
  const pass = (to: number): string => {
    const passed = source.slice(at, to);
    line += lineEnds(passed);
    at = to;
    return passed;
  };
  while (at < source.length) {
    const start = source.indexOf('<', at);
    const between = pass(start < 0 ? source.length : start);
    const top = stack.at(-1) ?? root;
    if (top.text.length < 10_000) top.text += decode(between.trim());
    if (start < 0) break;
    const tagLine = line;
    const tag = pass(tagEnd(source, start));
    const [, closing] = /^<\/\s{0,20}([\w:.-]{1,100})/.exec(tag) ?? [];
    if (closing !== undefined) {
      const index = stack.findLastIndex(({ name }) => name === local(closing));
      if (index > 0) stack.length = index;
      continue;
    }
    const element = readTag(tag, tagLine);
    if (element === null || ++elements > MAX_ELEMENTS) continue;
    (stack.at(-1) ?? root).children.push(element);
    if (!tag.endsWith('/>') && stack.length < MAX_DEPTH) stack.push(element);
  }
  return root;
}

/** All elements of a name, at any depth, in the order of the text. */
export function elementsNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}

/** The element at the end of a path of children's names; the first of each. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    element,
  );
}

function open(name: string, line: number): Open {
  return { name, attributes: new Map(), children: [], text: '', line };
}

/** Where a tag, comment or declaration that begins at `start` ends; the text's end where it does not. */
function tagEnd(source: string, start: number): number {
  const after = (text: string): number => {
    const end = source.indexOf(text, start);
    return end < 0 ? source.length : end + text.length;
  };
  if (source.startsWith('<!--', start)) return after('-->');
  if (source.startsWith('<![CDATA[', start)) return after(']]>');
  let quote = '';
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    // A tag that never ended: the next one begins.
    else if (character === '<') return at;
  }
  return source.length;
}

function readTag(tag: string, line: number): Open | null {
  const [head, name] = /^<([a-zA-Z_][\w:.-]{0,100})/.exec(tag) ?? [];
  if (head === undefined || name === undefined) return null;
  const element = open(local(name), line);
  const attribute = /\s*([\w:.-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  attribute.lastIndex = head.length;
  for (let found = attribute.exec(tag); found !== null; found = attribute.exec(tag)) {
    const [, key = '', double, single] = found;
    if (element.attributes.size < MAX_ATTRIBUTES)
      element.attributes.set(local(key), decode(double ?? single ?? ''));
  }
  return element;
}

function local(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code =
      name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
