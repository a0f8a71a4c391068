import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';

const UNITS = '/sys/class/iommu';

export const iommuUnits: Collector = {
  id: 'iommu-units',
  file: 'iommu-units.txt',
  what: 'the IOMMU’s units: their capabilities, which hold the address width',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'there are none while the IOMMU is off',
  async gather(ask) {
    const units = (await ask.list(UNITS)).filter((name) => /^[\w-]{1,40}$/.test(name));
    if (units.length === 0) throw new NotGathered(`${UNITS} is empty`);
    const paths = units.map((name) => `${UNITS}/${name}/intel-iommu/cap`);
    return [await ask.some('grep', '-s', '.', ...paths, '/dev/null')];
  },
};
