import path from 'node:path';
import type * as z from 'zod';
import { parseSource, type Path, type SourceDocument } from './document.ts';
import type { SourceProblem } from './problem.ts';
import { isInside, readSource } from './source.ts';
import { validate } from './validate.ts';

/** A file that is what its schema asks for, and where each value stands in it. */
export interface LoadedFile<T> {
  readonly value: T;
  readonly document: SourceDocument;
}

/** Reads the files of one load, and keeps every text and every problem for whoever prints them. */
export class SourceFiles {
  readonly texts = new Map<string, string>();
  readonly problems: SourceProblem[] = [];
  readonly root: string;

  /** @param root absolute path of the folder that holds `scenarios/` and `roms/` */
  constructor(root: string) {
    this.root = root;
  }

  /** A file's path as problems name it: below the root without it, elsewhere as it is; always with `/`. */
  nameOf(absolute: string): string {
    const shown = isInside(absolute, this.root) ? path.relative(this.root, absolute) : absolute;
    return shown.split(path.sep).join('/');
  }

  /** Reads, parses and checks one YAML file; null when a problem was noted instead. */
  async load<S extends z.core.$ZodType>(
    absolute: string,
    schema: S,
    verbatim?: (path: Path) => boolean,
  ): Promise<LoadedFile<z.output<S>> | null> {
    const file = this.nameOf(absolute);
    const source = await readSource(absolute, file, isInside(absolute, this.root) ? this.root : undefined);
    if (source.problem !== null) return this.#refuse([source.problem]);
    this.texts.set(file, source.text);
    const { document, problems } = parseSource(file, source.text, verbatim);
    if (document === null) return this.#refuse(problems);
    const valid = validate(schema, document);
    return valid.value === null ? this.#refuse(valid.problems) : { value: valid.value, document };
  }

  #refuse(problems: readonly SourceProblem[]): null {
    this.problems.push(...problems);
    return null;
  }
}
