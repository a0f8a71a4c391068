import { isCollection, isMap, isNode, isPair, isScalar, type Node, type Pair } from 'yaml';

/** A key and its value in a mapping that was parsed; null: nothing stands behind the key. */
export type YamlPair = Pair<Node, Node | null>;

/** The pair of a mapping with this key; null: it has none, or is no mapping. */
export function pairOf(node: Node | null, key: string): YamlPair | null {
  if (!isMap<Node, Node | null>(node)) return null;
  const found = node.items.find(
    (pair) => isScalar(pair.key) && String(pair.key.source ?? pair.key.value) === key,
  );
  return found ?? null;
}

/** Where a node begins, and behind its last character: of a block collection that is behind the line's end. */
export function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = isNode(node) ? node.range : null;
  return range === null || range === undefined ? undefined : [range[0], range[1]];
}

/** Behind the last character of a value, comments and line ends left out; of `key` where nothing stands there. */
export function endOf(value: unknown, key: unknown): number | undefined {
  if (isPair(value)) return endOf(value.value, value.key);
  const last = isCollection(value) && value.flow !== true ? value.items.at(-1) : undefined;
  return last === undefined ? (rangeOf(value) ?? rangeOf(key))?.[1] : endOf(last, key);
}
