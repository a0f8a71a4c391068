import ts from 'typescript';

/** @typedef {{ from: number, to: number, text: string }} Edit */

/** Shorter texts are hardly larger than their marks. */
const SHORTEST = 12;

/**
 * Where a signature is known from is for those who read the source, and so is what one means that no finding tells.
 * Of a rule a page needs only what it concludes.
 * @param {string} text of a source
 * @returns {string}
 */
export function withoutUntold(text) {
  /** @type {Edit[]} */
  const edits = [];
  visit(text, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return true;
    const named = new Map(node.properties.map((property) => [property.name?.getText() ?? '', property]));
    const untold = named.has('literals') ? ['source'] : named.has('conclude') ? ['id', 'findings'] : [];
    const finding = named.get('finding');
    if (finding?.getText() === 'finding: null' && !named.has('also')) untold.push('means');
    for (const name of untold) {
      const property = named.get(name);
      if (property !== undefined) edits.push({ from: property.pos, to: property.end + 1, text: '' });
    }
    return true;
  });
  return edited(text, edits);
}

/**
 * Puts marks in place of what the code says: literals and pieces of templates of several words.
 * @param {string} text of a source
 * @param {(sentence: string) => string} markOf the same mark for the same sentence
 * @returns {string}
 */
export function withMarks(text, markOf) {
  /** @type {Edit[]} */
  const edits = [];
  visit(text, (node) => {
    if (isLookedFor(node)) return false;
    const piece = pieceOf(node);
    if (piece !== null && piece.text.length >= SHORTEST && piece.text.trim().includes(' '))
      edits.push({ ...piece, text: markOf(piece.text) });
    return true;
  });
  return edited(text, edits);
}

/** Its text is a line that Proxmox prints, too. */
const PRINTED = 'legacyConflict';
const METHODS = /\.(?:includes|startsWith|endsWith|replace|replaceAll|split|has|of|get)$/;

/**
 * Texts that the code looks for or takes apart are none that it says.
 * @param {ts.Node} node
 */
function isLookedFor(node) {
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'literals';
  if (ts.isCallExpression(node)) {
    const called = node.expression.getText();
    return called === PRINTED || METHODS.test(called);
  }
  return (
    ts.isNewExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isImportDeclaration(node) ||
    ts.isTypeNode(node)
  );
}

/**
 * A literal, or a piece of a template between two of its values: what it says, and where in the source.
 * @param {ts.Node} node
 * @returns {Edit | null}
 */
function pieceOf(node) {
  const from = node.getStart() + 1;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateTail(node))
    return { from, to: node.end - 1, text: node.text };
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node)
    ? { from, to: node.end - 2, text: node.text }
    : null;
}

/**
 * @param {string} text
 * @param {(node: ts.Node) => boolean} see says whether to look into the node
 */
function visit(text, see) {
  /** @param {ts.Node} node */
  const into = (node) => {
    if (see(node)) ts.forEachChild(node, into);
  };
  into(ts.createSourceFile('source.ts', text, ts.ScriptTarget.ESNext, true));
}

/**
 * @param {string} text
 * @param {readonly Edit[]} edits none within another
 */
function edited(text, edits) {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((sum, edit) => sum.slice(0, edit.from) + edit.text + sum.slice(edit.to), text);
}
