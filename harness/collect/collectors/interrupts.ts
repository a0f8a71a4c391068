import type { Collector } from '../collector.ts';

/** Interrupts that go through the IOMMU have an `IR-` chip: the effect, where the kernel log has only the intent. */
export const interrupts: Collector = {
  id: 'interrupts',
  file: 'interrupts.txt',
  what: 'how many interrupts are remapped',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'give /proc/interrupts',
  gather: async (ask) => [await ask.some('grep', '-c', '\\bIR-', '/proc/interrupts')],
};
