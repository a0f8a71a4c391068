import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose tests only compute: they share what they import, since importing it anew for each file took half their time. */
const PURE = [
  'diagnosis',
  'igpu',
  'judge',
  'matrix',
  'report',
  'rom',
  'scenario',
  'text',
  'trace',
  'vmconfig',
].map((room) => `harness/${room}/**/*.test.{ts,tsx}`);

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
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['harness/**/*.test.{ts,tsx}'], exclude: PURE } },
    ],
    sequence: { sequencer: LongestFirst },
    // A test that boots VMs has several at once; more than they can bear and guests miss their deadlines.
    maxWorkers: Math.max(2, availableParallelism()),
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
