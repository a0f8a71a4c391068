import type { Collector } from '../collector.ts';

export const lspci: Collector = {
  id: 'lspci',
  file: 'lspci.txt',
  what: 'PCI devices and their drivers',
  limit: { seconds: 20, bytes: 524_288 },
  whenMissing: 'install pciutils, or rely on what sysfs says',
  gather: async (ask) => [await ask.out('lspci', '-nnk')],
};

export const lspciIgpu: Collector = {
  id: 'lspci-igpu',
  file: 'lspci-igpu.txt',
  what: 'the iGPU’s capabilities',
  limit: { seconds: 20, bytes: 131_072 },
  whenMissing: 'give the output of lspci -nn -s 00:02 -vv as root',
  gather: async (ask) => [await ask.out('lspci', '-nn', '-s', '00:02', '-vv')],
};
