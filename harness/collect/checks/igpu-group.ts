import { notOk, ok, unknown, type Check } from '../check.ts';
import { membersOf } from '../iommu-members.ts';
import { linesWith } from '../host-state.ts';

/** A bridge is not given to anybody (drivers/vfio/vfio_main.c allows pcieport in a group). */
const BRIDGE = /\[06[0-9a-f]{2}\]/;

export const igpuGroup: Check = {
  id: 'igpu-group',
  what: 'the iGPU is alone in its IOMMU group',
  needs: ['devices', 'iommu-groups', 'lspci'],
  look({ igpu, text }) {
    if (igpu === null) return unknown('no iGPU is known');
    const group = [...membersOf(text('iommu-groups') ?? '')].find(([, members]) =>
      members.includes(igpu.address),
    );
    if (group === undefined)
      return text('iommu-groups') === null
        ? unknown('there are no IOMMU groups')
        : notOk(
            `${igpu.address} is in no IOMMU group`,
            [],
            'See that intel_iommu has no igfx_off, and that VT-d is on.',
          );
    const [number, members] = group;
    const others = members.filter((address) => address !== igpu.address);
    const named = others.map((address) => ({
      address,
      line:
        linesWith(
          text('lspci'),
          new RegExp(`^(?:0000:)?${address.replace(/^0000:/, '').replace('.', '\\.')} `),
          1,
        )[0] ?? address,
    }));
    const devices = named.filter(({ line }) => !BRIDGE.test(line));
    const proof = `/sys/kernel/iommu_groups/${number}/devices: ${members.join(' ')}`;
    if (devices.length === 0) return ok(`group ${number} holds nothing else`, proof);
    return notOk(
      `group ${number} holds ${devices.length} other devices; all of it goes to the guest, or none`,
      [proof, ...devices.map(({ line }) => line)],
      'Pass them all if the host needs none of them; else look for a firmware update or another setting of the board.',
    );
  },
};
