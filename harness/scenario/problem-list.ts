import type { Path, Position, SourceDocument } from './document.ts';
import type { SourceProblem } from './problem.ts';

/** Collects the problems of one document, each once. */
export class ProblemList {
  readonly document: SourceDocument;
  readonly #problems = new Map<string, SourceProblem>();

  constructor(document: SourceDocument) {
    this.document = document;
  }

  get all(): readonly SourceProblem[] {
    return [...this.#problems.values()];
  }

  isEmpty(): boolean {
    return this.#problems.size === 0;
  }

  /** At a value. */
  at(path: Path, message: string, hint: string | null = null): void {
    this.place(this.document.at(path), message, hint);
  }

  /** At a key. */
  atKey(path: Path, message: string, hint: string | null = null): void {
    this.place(this.document.atKey(path), message, hint);
  }

  place(position: Position, message: string, hint: string | null = null): void {
    const problem = { file: this.document.file, ...position, message, hint };
    this.#problems.set(JSON.stringify(problem), problem);
  }
}
