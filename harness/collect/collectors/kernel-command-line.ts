import type { Collector } from '../collector.ts';

export const kernelCommandLine: Collector = {
  id: 'kernel-command-line',
  file: 'kernel-command-line.txt',
  what: 'kernel command line',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'give /proc/cmdline',
  gather: async (ask) => [await ask.file('/proc/cmdline')],
};
