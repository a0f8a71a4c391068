/** What the process says when it ends. 3 beats 1: a lab that failed says nothing about what it was to test. */
export const EXIT = {
  asExpected: 0,
  unexpected: 1,
  usage: 2,
  error: 3,
  nothingRan: 4,
  /** What a shell reports of a process that a Ctrl-C ended: 128 + SIGINT. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The same for people, as help prints it. */
export const EXIT_MEANING: Readonly<Record<ExitCode, string>> = {
  0: 'at least one cell ran, and every verdict is as expected',
  1: 'a verdict that was not expected',
  2: 'the command line or a scenario is wrong; nothing was run',
  3: 'the lab or the harness failed',
  4: 'nothing ran',
  130: 'stopped by Ctrl-C; what was finished is kept',
};
