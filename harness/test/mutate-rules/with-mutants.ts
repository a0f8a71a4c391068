import ts from 'typescript';
import { alternatives } from './alternatives.ts';
import type { Mutant } from './mutant.ts';

const { SyntaxKind: K } = ts;

/** A file with all of its mutants in it, asleep. */
interface WithMutants {
  /** The source, in which each expression asks `__mutant(id)` whether it is to be another. */
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

/** Puts every mutant of a TypeScript source beside what it stands for, so that one build serves all of them. */
export function withMutants(file: string, text: string, firstId: number): WithMutants {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const print = (node: ts.Node): string => {
    if (isOfTypes(node)) return node.getText(source);
    let code = '';
    let at = node.getStart(source);
    const put = (child: ts.Node): void => {
      code += text.slice(at, child.getStart(source)) + print(child);
      at = child.end;
    };
    ts.forEachChild(node, put);
    code += text.slice(at, node.end);
    if (!mayStandInBrackets(node)) return code;
    for (const to of alternatives(node, source)) {
      const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const id = firstId + mutants.length;
      mutants.push({ id, file, line: line + 1, column: character + 1, from: node.getText(source), to });
      code = `(__mutant(${id}) ? (${to}) : ${code})`;
    }
    return code;
  };
  return { code: print(source), mutants };
}

function isOfTypes(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

/** Not the name of a property, and not a link of an optional chain, which brackets would break. */
function mayStandInBrackets(node: ts.Node): boolean {
  const { parent } = node;
  if (node.kind === K.SourceFile) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  const inChain = ts.isOptionalChain(parent) && parent.expression === node;
  return !(inChain && ts.isOptionalChain(node));
}
