import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';

export const iomem: Collector = {
  id: 'iomem',
  file: 'iomem.txt',
  what: 'who owns which physical addresses',
  limit: { seconds: 10, bytes: 262_144 },
  whenMissing: 'run as root: the kernel shows others zeros only',
  async gather(ask) {
    const piece = await ask.file('/proc/iomem');
    if (!/^\s*0*[1-9a-f][0-9a-f]*-/m.test(piece.text))
      throw new NotGathered('/proc/iomem shows no addresses to anybody but root');
    return [piece];
  },
};
