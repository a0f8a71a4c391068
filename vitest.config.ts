import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where tests boot VMs for minutes. A fresh clone knows of no earlier run, and would begin one of them last. */
const LONGEST = [
  '/harness/test/failures/',
  '/harness/test/node/',
  '/harness/test/',
  '/harness/lab/',
  '/harness/wire/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((folder) => moduleId.includes(folder));
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  plugins: [
    {
      // Its modules name source maps that are not in the package; Vite would complain about each.
      name: 'workflow-parser-without-source-maps',
      enforce: 'pre',
      load: (id) => (/\/@actions\/.*\.js$/.test(id) ? readFile(id, 'utf8') : null),
    },
  ],
  test: {
    include: ['harness/**/*.test.ts', 'harness/**/*.test.tsx'],
    sequence: { sequencer: LongestFirst },
    // Many tests wait for VMs and nodes most of their time: others can have the processors meanwhile.
    maxWorkers: Math.max(2, availableParallelism() + 1),
    // Booting a real VM under emulation takes seconds; a hang must still end.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Its JSON imports are not what plain Node 20 accepts.
    server: { deps: { inline: [/@actions\//] } },
    coverage: {
      provider: 'v8',
      include: ['harness/**/*.{ts,tsx}'],
      exclude: [
        '**/*.{test,fixture,contract}.*',
        '**/fixtures/**',
        'harness/test/**',
        'harness/bench/**',
        'harness/lab/**',
      ],
      reporter: ['text-summary', 'html'],
      // Commands that tests start as processes do not count here. A floor against whole files without a test, not a goal.
      thresholds: { lines: 60, functions: 60, branches: 60 },
    },
  },
});
