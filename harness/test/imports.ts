import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

/** What each file imports, both as written from `harness/`: `run/lease.ts` → `host/host.ts`, `node:fs`, `zod`. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The shape of the house as a table. A place is a folder or a file, without its ending. */
export interface House {
  /** Where a folder's files may reach beyond the folder itself. Folders that are not listed may reach nothing. */
  readonly arrows: Readonly<Record<string, readonly string[]>>;
  /** Folders that also run in a browser: no Node, nothing that is not pure. */
  readonly pure: readonly string[];
  /** Files in them that are not pure, and that no pure file may import. */
  readonly impure: readonly string[];
  /** Packages, or parts of packages, that pure files may import. */
  readonly purePackages: readonly string[];
  /** Packages that may be imported in one place only. */
  readonly doors: Readonly<Record<string, string>>;
  /** Places whose sub-folders are alternatives, none of which may import another. */
  readonly drivers: readonly string[];
  /** Places that may import anything: what only looks at the house from outside. */
  readonly outside: readonly string[];
}

/**
 * Finds every import of `imports` that the house does not allow, each as a sentence for a person.
 * Tests and what only they use (`x.test.ts`, `x.fixture.ts`, `x.contract.ts`, `fixtures/`) may import anything.
 */
export function violations(imports: Imports, house: House): readonly string[] {
  const found: string[] = [];
  for (const [file, targets] of imports) {
    if (isTest(file)) continue;
    for (const target of targets) {
      for (const rule of RULES) {
        const wrong = rule(file, target, house);
        if (wrong !== null) found.push(`${file} imports ${target}: ${wrong}`);
      }
    }
  }
  return found;
}

type Rule = (file: string, target: string, house: House) => string | null;

const RULES: readonly Rule[] = [followsArrows, staysPure, usesDoor, keepsDriversApart];

function followsArrows(file: string, target: string, { arrows, outside }: House): string | null {
  const from = folderOf(file);
  if (!isOwn(target) || isAt(file, outside)) return null;
  if (isTest(target)) return 'nobody imports a test';
  if (folderOf(target) === from) return null;
  return isAt(target, arrows[from] ?? []) ? null : `${from} may not reach it`;
}

function staysPure(file: string, target: string, { pure, impure, purePackages }: House): string | null {
  const isPure = (path: string): boolean => isAt(path, pure) && !isAt(path, impure);
  if (!isPure(file)) return null;
  if (isOwn(target)) return isPure(target) ? null : 'a pure file imports pure files only';
  return purePackages.some((name) => target === name || target.startsWith(`${name}/`))
    ? null
    : 'a pure file imports none of this';
}

function usesDoor(file: string, target: string, { doors, outside }: House): string | null {
  if (isAt(file, outside)) return null;
  for (const [name, door] of Object.entries(doors))
    if ((target === name || target.startsWith(`${name}/`)) && !isAt(file, [door])) return `only ${door} may`;
  return null;
}

function keepsDriversApart(file: string, target: string, { drivers }: House): string | null {
  for (const place of drivers) {
    const [mine, theirs] = [file, target].map((path) => path.match(`^${place}/([^/]+)/`)?.[1]);
    if (mine !== undefined && theirs !== undefined && mine !== theirs) return 'no driver imports another';
  }
  return null;
}

function folderOf(path: string): string {
  return path.split('/', 1)[0] ?? '';
}

/** Own files are known by their ending; package names have none that we use. */
function isOwn(target: string): boolean {
  return /\.(tsx?|mjs|json)$/.test(target) && !isBuiltin(target);
}

function isTest(path: string): boolean {
  return /\.(test|fixture|contract)\.tsx?$/.test(path) || path.includes('/fixtures/');
}

function isAt(path: string, places: readonly string[]): boolean {
  return places.some((place) => path.startsWith(`${place}/`) || path.startsWith(`${place}.`));
}

/** Reads what every source file below `harness` imports, types included. */
export async function readImports(harness: string): Promise<Imports> {
  const names = await readdir(harness, { recursive: true });
  const sources = names.filter((name) => /\.(tsx?|mjs)$/.test(name)).sort();
  const entries = sources.map(async (name) => {
    const { importedFiles } = ts.preProcessFile(await readFile(join(harness, name), 'utf8'), true, true);
    return [name, importedFiles.map(({ fileName }) => resolveFrom(name, fileName))] as const;
  });
  return new Map(await Promise.all(entries));
}

function resolveFrom(file: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier;
}
