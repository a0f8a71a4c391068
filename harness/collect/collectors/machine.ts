import type { Collector } from '../collector.ts';

export const machine: Collector = {
  id: 'machine',
  file: 'machine.txt',
  what: 'processor, running kernel, distribution',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'say which processor and kernel it is',
  async gather(ask) {
    const kernel = await ask.out('uname', '-sr');
    // A host without it is told by the kernel alone.
    const cpu = await ask.run('grep', '-m', '1', '^model name', '/proc/cpuinfo');
    const system = await ask.run('grep', '-s', '^PRETTY_NAME=', '/etc/os-release');
    return [
      kernel,
      { how: "grep -m 1 '^model name' /proc/cpuinfo", text: cpu.out, cut: false },
      { how: 'grep ^PRETTY_NAME= /etc/os-release', text: system.out, cut: false },
    ].filter(({ text }) => text !== '');
  },
};
