/** One small mistake in a source file. */
export interface Mutant {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly from: string;
  readonly to: string;
}

export function mutantText({ file, line, column, from, to }: Mutant): string {
  return `${file}:${line}:${column}  ${short(from)}  →  ${short(to)}`;
}

function short(text: string): string {
  const one = text.replace(/\s+/g, ' ');
  return one.length <= 70 ? one : `${one.slice(0, 40)} … ${one.slice(-26)}`;
}
