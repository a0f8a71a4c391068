import type { VmEdit } from '../finding.ts';
import type { VmSetup } from '../vm-setup.ts';
import { meantDevice } from './meant-device.ts';
import type { Paste } from './paste.ts';

/** Edits as options of QEMU: the passed device's whole option as it becomes, and each other option that changes. */
export function qemuText(setup: VmSetup | null, edits: readonly VmEdit[]): readonly Paste[] {
  const properties = edits.map(deviceChange);
  const device =
    setup === null ? null : meantDevice(setup, edits.find((_, index) => properties[index] !== null) ?? {});
  const changed = new Map(device?.properties ?? [['host', '0000:00:02.0']]);
  for (const [name, value] of properties.flatMap((change) => change ?? [])) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  const words = [...changed]
    .filter(([name]) => name !== 'driver')
    .map(([name, value]) => `${name}=${value.replaceAll(',', ',,')}`);
  const option = `-device ${['vfio-pci', ...words].join(',')}`;
  return [
    ...(properties.some((change) => change !== null)
      ? [{ where: 'the passed device becomes', text: option }]
      : []),
    ...edits.flatMap((edit) => otherOption(setup, edit)),
  ];
}

/** What changes on the device; null where the edit is not about it. */
function deviceChange(edit: VmEdit): readonly (readonly [string, string | null])[] | null {
  switch (edit.edit) {
    case 'romfile':
      return [['romfile', edit.file]];
    case 'no-romfile':
      return [['romfile', null]];
    case 'device-property':
      return [[edit.name, edit.value]];
    case 'guest-address':
      return [
        ['bus', edit.bus],
        ['addr', `0x${edit.slot.toString(16)}`],
      ];
    case 'host-device':
      return [['host', edit.to]];
    case 'args':
    case 'ballooning':
    case 'cpu-hidden':
    case 'display':
    case 'hostpci':
    case 'machine':
    case 'phys-bits-limit':
      return null;
  }
}

function otherOption(setup: VmSetup | null, edit: VmEdit): readonly Paste[] {
  const where = 'option of QEMU';
  const model = setup?.cpu.model ?? 'host';
  switch (edit.edit) {
    case 'machine':
      return [{ where, text: `-machine ${edit.type === 'q35' ? 'q35' : 'pc'}` }];
    case 'display':
      return [{ where, text: `-vga ${edit.value}` }];
    case 'cpu-hidden':
      return [
        {
          where,
          text: edit.hidden ? `-cpu ${model},kvm=off` : `-cpu ${model} (without kvm=off and -hypervisor)`,
        },
      ];
    case 'phys-bits-limit':
      return [{ where, text: `-cpu ${model},host-phys-bits=on,host-phys-bits-limit=${edit.bits}` }];
    case 'ballooning':
      return edit.on ? [] : [{ where, text: 'without -device virtio-balloon-pci' }];
    case 'args':
      return [{ where, text: edit.to }];
    case 'device-property':
    case 'guest-address':
    case 'host-device':
    case 'hostpci':
    case 'no-romfile':
    case 'romfile':
      return [];
  }
}
