import type { CpuSetup } from '../../vm-setup.ts';
import { NO_CPU } from '../vm-draft/vm-draft.ts';
import { number } from './host-devices.ts';
import { childAt, elementsNamed, type XmlElement } from './xml.ts';

/** `<cpu>` and what of `<features>` a guest can see of its hypervisor. */
export function readCpu(root: XmlElement): CpuSetup {
  const [cpu] = elementsNamed(root, 'cpu').filter(
    ({ attributes }) => attributes.has('mode') || attributes.has('match'),
  );
  const [features] = elementsNamed(root, 'features');
  const vendorId = childAt(features, 'hyperv', 'vendor_id')?.attributes;
  const address = childAt(cpu, 'maxphysaddr')?.attributes;
  const mode = cpu?.attributes.get('mode');
  const passthrough = address?.get('mode') === 'passthrough';
  return {
    ...NO_CPU,
    model: mode === 'host-passthrough' ? 'host' : childAt(cpu, 'model')?.text || (mode ?? null),
    hidden: childAt(features, 'kvm', 'hidden')?.attributes.get('state') === 'on',
    hypervisorBitOff:
      cpu?.children.some(
        ({ name, attributes }) =>
          name === 'feature' &&
          attributes.get('name') === 'hypervisor' &&
          /^(?:disable|forbid)$/.test(attributes.get('policy') ?? ''),
      ) ?? false,
    hvVendorId: vendorId?.get('state') === 'off' ? null : (vendorId?.get('value') ?? null),
    vendor: childAt(cpu, 'vendor')?.text || null,
    physBits: passthrough ? null : number(address?.get('bits')),
    hostPhysBits: address === undefined ? null : passthrough,
    physBitsLimit: passthrough ? number(address.get('limit')) : null,
  };
}
