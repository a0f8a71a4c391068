import ts from 'typescript';
import { patternAlternatives } from './pattern-alternatives.ts';

const { SyntaxKind: K } = ts;

/** What may stand instead of an operator; `a` and `b` stand for its sides. */
const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [K.AmpersandAmpersandToken]: ['a', 'b', 'false'],
  [K.BarBarToken]: ['a', 'b', 'true'],
  [K.QuestionQuestionToken]: ['a', 'b'],
  [K.EqualsEqualsEqualsToken]: ['true', 'false'],
  [K.ExclamationEqualsEqualsToken]: ['true', 'false'],
  [K.LessThanToken]: ['true', 'false', 'a <= b'],
  [K.LessThanEqualsToken]: ['true', 'false', 'a < b'],
  [K.GreaterThanToken]: ['true', 'false', 'a >= b'],
  [K.GreaterThanEqualsToken]: ['true', 'false', 'a > b'],
  [K.PlusToken]: ['a - b'],
  [K.MinusToken]: ['a + b'],
};

const METHODS: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
]);

/** Methods without which a value still is of its kind. */
const DROPPED = new Set(['filter', 'toSorted', 'slice', 'toLowerCase', 'trim']);

/**
 * What could stand instead of an expression and still compile, as source text: each a mistake that somebody might make
 * and that a test should see. Words for people are left alone: a test that repeats them says nothing.
 */
export function alternatives(node: ts.Node, source: ts.SourceFile): readonly string[] {
  const text = (of: ts.Node): string => of.getText(source);
  const own = ownAlternatives(node, text);
  // What one part of a condition always or never being true does, its parent tries by leaving the part out.
  if (isPartOfCondition(node)) return own.filter((other) => other !== 'true' && other !== 'false');
  return isCondition(node) ? [...new Set([...own, 'true', 'false'])] : own;
}

function ownAlternatives(node: ts.Node, text: (of: ts.Node) => string): readonly string[] {
  if (ts.isBinaryExpression(node)) {
    const sides: Readonly<Record<string, string>> = { a: text(node.left), b: text(node.right) };
    return (OPERATORS[node.operatorToken.kind] ?? []).map((other) =>
      other.replace(/\b[ab]\b/g, (side) => `(${sides[side] ?? ''})`),
    );
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) return [text(node.operand)];
  if (ts.isRegularExpressionLiteral(node)) return patternAlternatives(node.text);
  if (ts.isArrayLiteralExpression(node))
    return ts.isArrayLiteralExpression(node.parent)
      ? []
      : oneLess(node.elements.map(text)).map((rest) => `[${rest}]`);
  if (ts.isCallExpression(node)) return calls(node, text);
  if (ts.isPropertyAccessChain(node) && node.questionDotToken !== undefined)
    return [`${text(node.expression)}.${text(node.name)}`];
  if (node.kind === K.TrueKeyword) return ['false'];
  return node.kind === K.FalseKeyword ? ['true'] : [];
}

function calls({ expression, arguments: given }: ts.CallExpression, text: (of: ts.Node) => string) {
  const callee = text(expression);
  const firstName = given.findIndex(isName);
  const names = firstName < 0 || callee.endsWith('facts.has') ? [] : given.slice(firstName);
  const before = firstName < 0 ? [] : given.slice(0, firstName).map(text);
  const fewer =
    names.length > 1 && names.every(isName)
      ? oneLess(names.map(text)).map((rest) => `${callee}(${[...before, rest].join(', ')})`)
      : [];
  if (!ts.isPropertyAccessExpression(expression)) return fewer;
  const name = expression.name.text;
  const on = text(expression.expression);
  const other = METHODS.get(name);
  const inline = given.some((each) => ts.isArrowFunction(each));
  return [
    ...fewer,
    ...(other === undefined ? [] : [`${on}.${other}(${given.map(text).join(', ')})`]),
    ...(DROPPED.has(name) && !(name === 'filter' && inline) ? [on] : []),
  ];
}

/** The list without one of its parts, for each of them. */
function oneLess(parts: readonly string[]): readonly string[] {
  return parts.map((_, left) => parts.filter((__, index) => index !== left).join(', '));
}

/** A word of the code's own, such as an id or a key. */
function isName(node: ts.Node): boolean {
  return ts.isStringLiteral(node) && !node.text.includes(' ');
}

function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

function isPartOfCondition({ parent }: ts.Node): boolean {
  if (ts.isParenthesizedExpression(parent)) return isPartOfCondition(parent);
  return (
    (ts.isPrefixUnaryExpression(parent) && parent.operator === K.ExclamationToken) ||
    (ts.isBinaryExpression(parent) &&
      [K.AmpersandAmpersandToken, K.BarBarToken].includes(parent.operatorToken.kind))
  );
}
