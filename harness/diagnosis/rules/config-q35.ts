import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { generationOf } from '../subject/family.ts';
import { guestIs } from '../subject/guest.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf, romGiven } from '../subject/passed.ts';
import { qemuSince } from '../subject/qemu.ts';
import { displayFails, hasSymptom } from '../subject/trouble.ts';
import * as context from './config-context.ts';

const SOURCE = 'QEMU docs/igd-assign.txt; qemu-server PVE/QemuServer/PCI.pm';

/** What of a machine type does not fit the way the iGPU is given. */
export const CONFIG_Q35: Rule = {
  id: 'config-q35',
  findings: ['config.legacy-on-q35', 'config.pcie-needs-q35'],
  conclude: (of) => [...withoutLegacyMode(of), ...pcieOnI440fx(of)],
};

/** The iGPUs that legacy mode is made for, on a machine that cannot have it, and nothing on the monitor. */
function withoutLegacyMode(of: Case): readonly Claim[] {
  const { facts, vms } = of;
  const generation = generationOf(of);
  const fits =
    facts.get('machine') === 'q35' &&
    typeof generation === 'number' &&
    generation <= 9 &&
    modeOf(of) !== 'vf' &&
    modeOf(of) !== 'mdev' &&
    !guestIs(of, 'linux') &&
    qemuSince(of, '10.1') !== true;
  if (!fits || isOtherVendor(of) || !displayFails(of)) return [];
  const devices = vms.flatMap((vm) => wholeIgpu(vm) ?? []);
  if (devices.some(({ properties, legacyIgd }) => legacyIgd || properties.get('x-igd-opregion') === 'on'))
    return [];
  // Without a ROM that alone explains it.
  const picture = hasSymptom(of, 'no-picture', 'no-firmware-picture') && romGiven(of) !== 'no';
  return [
    claim({
      id: 'config.legacy-on-q35',
      severity: picture ? 'cause' : 'contributing',
      confidence: picture && romGiven(of) === 'yes' ? 'likely' : 'possible',
      title: 'This iGPU drives a monitor in legacy mode, which q35 rules out',
      detail:
        'Up to generation 9 QEMU hands stolen memory, OpRegion and the bridge’s identity over in legacy mode, and only on i440fx. On q35 the same ROM finds none of them unless each is asked for.',
      evidence: facts.quotes('machine', 'symptom', 'problemCode'),
      fix: context.fixOf('Legacy mode is what this generation’s firmware and drivers expect.', SOURCE, [
        { edit: 'machine', type: 'i440fx' },
        { edit: 'hostpci', name: 'pcie', value: null },
        { edit: 'guest-address', bus: 'pci.0', slot: 2 },
        { edit: 'display', value: 'none' },
      ]),
    }),
  ];
}

function pcieOnI440fx(of: Case): readonly Claim[] {
  return of.vms.flatMap((vm) =>
    vm.form !== 'proxmox' || vm.machine.type !== 'i440fx'
      ? []
      : vm.devices
          .filter(({ pcie, legacyIgd }) => pcie && !legacyIgd)
          .map((device) =>
            claim({
              id: 'config.pcie-needs-q35',
              ...context.refusal(of),
              title: 'pcie=1 needs a q35 machine',
              detail: 'Proxmox takes the setting and refuses the start: q35 machine model is not enabled.',
              evidence: context.linesOf(vm, ['machine'], device),
              fix: context.fixOf('i440fx has no PCIe ports.', SOURCE, [
                { edit: 'hostpci', name: 'pcie', value: null, device: device.name },
              ]),
            }),
          ),
  );
}
