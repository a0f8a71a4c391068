import type { House } from './imports.ts';

/** Who may import whom: data flows one way. `harness/README.md` draws the same picture. */
export const HOUSE: House = {
  arrows: {
    // The version of this tool stands in package.json and nowhere else.
    cli: [
      '../package',
      'run',
      'report',
      'matrix',
      'host',
      'guest',
      'scenario',
      'judge',
      'trace',
      'vmconfig',
      'rom',
      'igpu',
    ],
    run: ['host', 'scenario', 'judge', 'trace', 'vmconfig', 'rom', 'igpu'],
    // Reports learn of a run while it lasts by its plan's events, never from the runner itself.
    report: ['run/plan-event', 'judge', 'trace'],
    matrix: ['judge', 'trace'],
    host: ['wire', 'guest', 'scenario', 'trace', 'vmconfig', 'rom', 'igpu'],
    guest: ['wire', 'trace', 'rom'],
    scenario: ['trace', 'vmconfig', 'rom', 'igpu'],
    judge: ['trace', 'vmconfig', 'rom', 'igpu', 'guest/answers'],
    trace: [],
    wire: [],
    vmconfig: [],
    rom: [],
    igpu: [],
  },
  pure: ['vmconfig', 'rom', 'igpu', 'trace', 'judge', 'guest/answers'],
  impure: ['trace/recorder', 'trace/store', 'rom/fetch'],
  purePackages: ['zod/mini', '@noble/hashes'],
  doors: {
    zx: 'wire/shell',
    'node-pty': 'wire/pty',
    'junit-report-builder': 'report/junit',
    listr2: 'report/progress',
    commander: 'cli',
    esbuild: 'cli/build',
    'esbuild-wasm': 'cli/build',
    yaml: 'scenario',
    preact: 'matrix',
    'preact-render-to-string': 'matrix',
  },
  drivers: ['host'],
  outside: ['test', 'bench', 'setup'],
};
