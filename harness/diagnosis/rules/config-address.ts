import type { Case } from '../case.ts';
import type { Claim, VmEdit } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { saidOfGuestAddress } from '../said.ts';
import { isAtTwo, rootBus } from '../subject/guest-place.ts';
import { guestIs } from '../subject/guest.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { displayFails, hasSymptom, works } from '../subject/trouble.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

type Place = NonNullable<PassedDevice['guest']>;

const SOURCE = 'QEMU docs/igd-assign.txt: conditions of firmware and drivers';

/** Where the guest finds the iGPU, and whether that place is free. */
export const CONFIG_ADDRESS: Rule = {
  id: 'config-address',
  findings: ['config.igpu-address', 'config.slot-busy'],
  conclude: (of) =>
    context.perVm(of, (vm) => {
      const device = wholeIgpu(vm);
      const guest = device?.guest ?? null;
      if (device === null || guest === null) return [];
      const busy = slotBusy(of, vm, device, guest);
      if (busy.length > 0) return busy;
      return isAtTwo(vm, device) === false ? [notAtTwo(of, vm, device, guest)] : [];
    }),
};

function notAtTwo(of: Case, vm: VmSetup, device: PassedDevice, guest: Place): Claim {
  const place = `${guest.bus ?? 'the root bus'}, slot ${guest.slot.toString(16).padStart(2, '0')}`;
  // A root port has one slot only.
  const nowhere = guest.slot !== 0 && /port/.test(guest.bus ?? '');
  const windows = guestIs(of, 'windows', 'macos');
  const fails = displayFails(of) || hasSymptom(of, 'no-device');
  const severity = works(of)
    ? 'info'
    : fails && (nowhere || (windows && device.romfile !== null))
      ? 'cause'
      : fails && windows
        ? 'contributing'
        : nowhere || windows
          ? 'warning'
          : 'info';
  const bus = rootBus(vm) ?? 'pci.0';
  return claim({
    id: 'config.igpu-address',
    severity,
    confidence: severity === 'cause' ? 'likely' : 'possible',
    ...(nowhere
      ? {
          title: `The iGPU is put where no guest looks: ${place}`,
          detail: 'An address was set without its bus: behind a PCIe port there is slot 0 only.',
        }
      : saidOfGuestAddress(place)),
    evidence: context.linesOf(vm, ['args'], device),
    fix: context.fixOf(
      'Drivers and ROM then find the iGPU where they look for it.',
      SOURCE,
      addressEdits(vm, bus),
    ),
  });
}

function addressEdits(vm: VmSetup, bus: string): readonly VmEdit[] {
  const move: VmEdit = { edit: 'guest-address', bus, slot: 2 };
  const shown = vm.display !== null && vm.display !== 'none' && bus === 'pci.0';
  return shown ? [move, { edit: 'display', value: 'none' }] : [move];
}

function slotBusy(of: Case, vm: VmSetup, device: PassedDevice, guest: Place): readonly Claim[] {
  const root = rootBus(vm);
  if (guest.bus !== null && guest.bus !== root) return [];
  const others = vm.devices
    .filter((other) => other !== device && other.guest?.slot === guest.slot && other.guest.bus === guest.bus)
    .filter((other) => other.guest?.function === guest.function)
    .map(({ name: by, quote }) => ({ by, quote }));
  // With legacy-igd Proxmox itself asks for vga: none, which is a finding of its own.
  const taken = vm.taken.filter(({ slot, by }) => slot === guest.slot && !(device.legacyIgd && by === 'vga'));
  const [first] = [...taken, ...others];
  if (first === undefined) return [];
  const display = /video|vga|qxl/i.test(first.by);
  return [
    claim({
      id: 'config.slot-busy',
      ...context.refusal(of),
      title: `Slot ${guest.slot.toString(16).padStart(2, '0')}, where the iGPU shall be, is taken by ${first.by}`,
      detail: 'QEMU refuses to start: two devices cannot have one address.',
      evidence: [...context.linesOf(vm, ['args'], device), first.quote],
      fix: context.fixOf(
        display ? 'Without an emulated display the slot is free.' : 'The slot must be free for the iGPU.',
        'QEMU hw/pci/pci.c, do_pci_register_device',
        display ? [{ edit: 'display', value: 'none' }] : [],
        display ? [] : [{ where: 'vm', text: `Give ${first.by} another PCI slot.` }],
      ),
    }),
  ];
}
