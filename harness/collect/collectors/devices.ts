import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';

const PCI = '/sys/bus/pci/devices';
/** Attributes that say what a device is and how it stands; reading them wakes nothing and changes nothing. */
const ATTRIBUTES = [
  'vendor',
  'device',
  'class',
  'revision',
  'subsystem_vendor',
  'subsystem_device',
  'boot_vga',
  'enable',
  'power_state',
  'power/runtime_status',
  'power/control',
  'd3cold_allowed',
  'reset_method',
  'driver_override',
  'sriov_numvfs',
  'sriov_totalvfs',
  'resource',
];

/** The graphics devices as sysfs shows them, those of other vendors too: which one is the host's own display matters. */
export const devices: Collector = {
  id: 'devices',
  file: 'devices.txt',
  what: 'graphics devices: class, driver, power state, SR-IOV, boot_vga, reset methods',
  limit: { seconds: 10, bytes: 262_144 },
  whenMissing: 'give the output of lspci -nnk',
  async gather(ask) {
    const all = (await ask.list(PCI)).filter((name) =>
      /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/.test(name),
    );
    if (all.length === 0) throw new NotGathered(`${PCI} is empty: this machine has no PCI devices`);
    const classes = await ask.some(
      'grep',
      '-s',
      '.',
      ...all.map((name) => `${PCI}/${name}/class`),
      '/dev/null',
    );
    const graphics = [...classes.text.matchAll(/\/([0-9a-f:]+\.[0-7])\/class:0x03/g)].flatMap(
      ([, name]) => name ?? [],
    );
    if (graphics.length === 0)
      throw new NotGathered(`none of ${all.length} PCI devices is a graphics device`);
    const paths = graphics.flatMap((name) => ATTRIBUTES.map((attribute) => `${PCI}/${name}/${attribute}`));
    const values = await ask.some('grep', '-s', '.', ...paths);
    // `driver`, `iommu_group`, `physfn` and `virtfnN` are links: where they lead is what they say.
    const links = await ask.some(
      'find',
      ...graphics.map((name) => `${PCI}/${name}/`),
      '-maxdepth',
      '1',
      '-type',
      'l',
      '-printf',
      '%p -> %l\\n',
    );
    return [
      { ...values, how: `grep -s . ${PCI}/<graphics>/<attributes>` },
      { ...links, how: `find ${PCI}/<graphics>/ -type l` },
    ];
  },
};
