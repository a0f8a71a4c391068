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
      'console',
      'host',
      'guest',
      'scenario',
      'judge',
      'trace',
      'vmconfig',
      'rom',
      'igpu',
      'text',
      'wire/cache-dir',
      'wire/atomic-file',
      'wire/download-failed',
      'wire/lock',
    ],
    // A person at a VM's console: what a run offers them, on their terminal or over a socket.
    console: ['run', 'host/host', 'wire', 'judge', 'trace', 'text'],
    run: ['host', 'scenario', 'judge', 'trace', 'vmconfig', 'rom', 'igpu', 'wire/lock', 'wire/atomic-file'],
    // Reports learn of a run while it lasts by its plan's events, never from the runner itself.
    report: [
      'run/plan-event',
      'judge',
      'trace',
      'vmconfig',
      'text',
      'wire/atomic-file',
      'wire/lines',
      'wire/lock',
    ],
    // What the pages show of runs is what history keeps of them.
    matrix: ['report/history', 'judge', 'trace', 'text'],
    host: ['wire', 'guest', 'scenario', 'trace', 'vmconfig', 'rom', 'igpu'],
    guest: ['wire', 'trace', 'rom'],
    // A scenario may name a fault of the stand-in guest.
    scenario: ['trace', 'vmconfig', 'rom', 'igpu', 'text', 'guest/standin/faults', 'guest/standin/fault'],
    judge: ['trace', 'vmconfig', 'rom', 'igpu', 'guest/answers'],
    trace: [],
    wire: [],
    vmconfig: [],
    // Only its cache does.
    rom: ['wire/atomic-file', 'wire/download', 'wire/download-failed'],
    igpu: [],
    text: [],
  },
  pure: ['text', 'vmconfig', 'rom', 'igpu', 'trace', 'judge', 'guest/answers'],
  impure: ['trace/recorder', 'trace/store', 'trace/console-recording', 'rom/cache'],
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
