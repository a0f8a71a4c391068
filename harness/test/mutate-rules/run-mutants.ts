import { join, relative } from 'node:path';
import type { Plugin } from 'vitest/config';
import {
  createVitest,
  type TestModule,
  type TestRunResult,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import type { Mutant } from './mutant.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What became of the mutants. */
export interface Outcome {
  readonly killed: ReadonlySet<number>;
  /** Those whose place some test came by. */
  readonly reached: ReadonlySet<number>;
}

/** Tests that are run one after the other, so that quick ones kill before slow ones try. */
export interface Tests {
  /** Patterns of files. */
  readonly files: readonly string[];
  /** The tests whose whole name matches; else all. */
  readonly names?: RegExp;
}

/**
 * Runs tests against mutants, all in one process.
 * @param codes the sources with their mutants, by path from the project's root
 * @throws where a test fails without any mutant
 */
export async function runMutants(
  codes: ReadonlyMap<string, string>,
  mutants: readonly Mutant[],
  tests: readonly Tests[],
  say: (line: string) => void,
): Promise<Outcome> {
  const seen = new Seen(mutants);
  for (const each of tests) {
    const vitest = await started(codes, each, [...seen.killed]);
    try {
      const all = await vitest.globTestSpecifications();
      seen.add(passed(await vitest.runTestSpecifications(all, true)));
      const early = mutants.filter(({ id }) => seen.loaded.has(id) && !seen.killed.has(id));
      say(`${seen.killed.size} killed`);
      // What is done once, when a module is loaded, is done before any test: such a mutant needs a start of its own.
      if (each.names !== undefined) continue;
      say(`${early.length} to be loaded one by one`);
      for (const { id, file } of early) {
        const near = all.filter(({ moduleId }) => standsBeside(file, moduleId));
        const own =
          near.length > 0
            ? near
            : all.filter(({ moduleId }) => seen.testsOf.get(file)?.has(moduleId) ?? true);
        if (await fails(vitest, id, own)) seen.killed.add(id);
      }
    } finally {
      await vitest.close();
    }
  }
  return { killed: seen.killed, reached: new Set([...seen.reached, ...seen.loaded]) };
}

function started(codes: ReadonlyMap<string, string>, { files, names }: Tests, dead: number[]) {
  return createVitest(
    'test',
    {
      config: false,
      root: ROOT,
      watch: false,
      include: [...files],
      ...(names !== undefined && { testNamePattern: names }),
      runner: join(import.meta.dirname, 'runner.ts'),
      // One process that keeps its modules: else each test file would load all of them again.
      pool: 'threads',
      isolate: false,
      fileParallelism: false,
      bail: 1,
      provide: { alone: 0, dead },
      testTimeout: 600_000,
      reporters: [{}],
    },
    { plugins: [instead(codes)] },
  );
}

function passed({ testModules }: TestRunResult): readonly TestModule[] {
  const broken = testModules.find((module) => !module.ok());
  if (broken === undefined && testModules.length > 0) return testModules;
  const [test] = broken?.children.allTests('failed') ?? [];
  throw new Error(
    `${broken?.moduleId ?? 'No test'}: ${test?.fullName ?? 'it'} has to pass without any mutant first`,
    { cause: test?.result().errors?.[0] ?? broken?.errors()[0] },
  );
}

/** The test of this file alone: to load every test that comes by would take much longer, and kills few more. */
function standsBeside(file: string, test: string): boolean {
  return test.endsWith(`/${file.replace(/\.ts$/, '.test.ts')}`);
}

async function fails(vitest: Vitest, alone: number, tests: TestSpecification[]): Promise<boolean> {
  vitest.provide('alone', alone);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(tests);
  return unhandledErrors.length > 0 || !testModules.every((module) => module.ok());
}

/** What the tests told of the mutants. */
class Seen {
  readonly killed = new Set<number>();
  readonly reached = new Set<number>();
  readonly loaded = new Set<number>();
  /** Which tests come by the mutants of a file. */
  readonly testsOf = new Map<string, Set<string>>();
  readonly #fileOf: ReadonlyMap<number, string>;

  constructor(mutants: readonly Mutant[]) {
    this.#fileOf = new Map(mutants.map(({ id, file }) => [id, file]));
  }

  add(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { killed = [], loaded = [], reached = [] } = test.meta().mutants ?? {};
        for (const id of killed) this.killed.add(id);
        for (const id of loaded) this.loaded.add(id);
        for (const id of reached) {
          this.reached.add(id);
          const file = this.#fileOf.get(id) ?? '';
          this.testsOf.set(file, (this.testsOf.get(file) ?? new Set()).add(module.moduleId));
        }
      }
    }
  }
}

/** Gives the sources with mutants instead of what stands on the disk. */
function instead(codes: ReadonlyMap<string, string>): Plugin {
  return { name: 'mutants', enforce: 'pre', load: (id) => codes.get(relative(ROOT, id)) ?? null };
}
