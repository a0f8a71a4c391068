import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';

const UNITS = '/sys/class/iommu';

export const iommuUnits: Collector = {
  id: 'iommu-units',
  file: 'iommu-units.txt',
  what: 'the IOMMU’s units: address width, interrupt remapping',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'there are none while the IOMMU is off',
  async gather(ask) {
    const units = (await ask.list(UNITS)).filter((name) => /^[\w-]{1,40}$/.test(name));
    if (units.length === 0) throw new NotGathered(`${UNITS} is empty`);
    const attributes = ['address', 'cap', 'ecap', 'version', 'domains_supported', 'domains_used'];
    const paths = units.flatMap((name) => attributes.map((file) => `${UNITS}/${name}/intel-iommu/${file}`));
    return [await ask.some('grep', '-s', '.', ...paths, '/dev/null')];
  },
};
