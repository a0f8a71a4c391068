import type { Case } from '../case.ts';
import type { Claim, VmEdit } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { isAtTwo } from '../subject/guest-place.ts';
import { hasSymptom } from '../subject/trouble.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

const PROXMOX = 'qemu-server PVE/QemuServer/PCI.pm, checks of legacy-igd';
const QEMU = 'QEMU hw/vfio/igd.c, conditions of legacy mode';

/** What rules legacy mode out where a config asks for it. */
export const CONFIG_LEGACY: Rule = {
  id: 'config-legacy',
  findings: ['config.legacy-conflict', 'config.legacy-on-q35', 'config.vga-not-none'],
  conclude: (of) =>
    context.perVm(of, (vm) =>
      vm.devices.flatMap((device) => [
        ...(device.legacyIgd ? proxmoxRefuses(of, vm, device) : []),
        ...(device.properties.get('x-igd-legacy-mode') === 'on' ? qemuRefuses(of, vm, device) : []),
      ]),
    ),
};

function proxmoxRefuses(of: Case, vm: VmSetup, device: PassedDevice): readonly Claim[] {
  const edit = (name: string): VmEdit => ({ edit: 'hostpci', name, value: null, device: device.name });
  const conflicts: [boolean, string, readonly VmEdit[]][] = [
    [device.xVga, 'x-vga=1', [edit('x-vga')]],
    [device.mdev !== null, 'a mediated device', [edit('mdev')]],
    [!device.rombar, 'rombar=0', [edit('rombar')]],
    [device.pcie && vm.machine.type !== 'q35', 'pcie=1', [edit('pcie')]],
    // A slot with one function is none of several.
    [device.allFunctions && hasVfs(of), 'all functions of a slot', onlyFunctionZero(device)],
    [device.host?.includes('.') === true && !device.host.endsWith('02.0'), 'another device than 00:02.0', []],
    [vm.devices.filter(({ legacyIgd }) => legacyIgd).length > 1, 'a second device in that mode', []],
  ];
  const wrong = conflicts.filter(([is]) => is);
  const refusal = refusalOfProxmox(of);
  const conflict = claim({
    id: 'config.legacy-conflict',
    ...refusal,
    title: `legacy-igd=1 does not go together with ${wrong.map(([, what]) => what).join(', ')}`,
    detail: 'Proxmox refuses to start such a VM.',
    evidence: [device.quote],
    fix: context.fixOf(
      'Legacy mode takes the iGPU alone.',
      PROXMOX,
      wrong.flatMap(([, , edits]) => edits),
    ),
  });
  const shown = vm.display !== null && vm.display !== 'none';
  const vga = claim({
    id: 'config.vga-not-none',
    ...refusal,
    title: `legacy-igd=1 needs vga: none, and the VM has ${vm.display ?? ''}`,
    detail: 'Proxmox refuses to start the VM: in legacy mode the iGPU is its only display.',
    evidence: context.linesOf(vm, ['vga'], device),
    fix: context.fixOf('The iGPU takes the place of the emulated display.', PROXMOX, [
      { edit: 'display', value: 'none' },
    ]),
  });
  return [
    ...(vm.machine.type === 'q35' ? [onQ35(of, vm, device, PROXMOX)] : []),
    ...(wrong.length > 0 ? [conflict] : []),
    ...(shown ? [vga] : []),
  ];
}

/** Proxmox refuses before it starts QEMU: where QEMU or vfio were heard, this VM was not refused. */
function refusalOfProxmox(of: Case): ReturnType<typeof context.refusal> {
  const heard = of.signals.has('rom-header', 'vfio-reset', 'ecap-hide', 'no-reset', 'igd-legacy-on', 'p2p');
  return heard && !hasSymptom(of, 'vm-does-not-start')
    ? { severity: 'warning', confidence: 'possible' }
    : context.refusal(of);
}

function qemuRefuses(of: Case, vm: VmSetup, device: PassedDevice): readonly Claim[] {
  if (vm.machine.type === 'q35') return [onQ35(of, vm, device, QEMU)];
  if (isAtTwo(vm, device) !== false) return [];
  const addressed = claim({
    id: 'config.legacy-conflict',
    ...context.refusal(of),
    title: 'x-igd-legacy-mode=on needs the iGPU at 00:02.0 of the guest',
    detail: 'QEMU refuses to start: the guest would see the iGPU at another place.',
    evidence: context.linesOf(vm, ['args'], device),
    fix: context.fixOf('Legacy mode is defined for 00:02.0 only.', QEMU, [
      { edit: 'guest-address', bus: 'pci.0', slot: 2 },
    ]),
  });
  return [addressed];
}

function onQ35(of: Case, vm: VmSetup, device: PassedDevice, source: string): Claim {
  return claim({
    id: 'config.legacy-on-q35',
    ...context.refusal(of),
    title: 'Legacy mode is asked for on a q35 machine, which cannot have it',
    detail:
      'Legacy mode needs the LPC bridge at 1f.0, where q35 has its own. The VM is refused. Either take i440fx, or keep q35 and leave legacy mode out.',
    evidence: context.linesOf(vm, ['machine', 'args'], device),
    fix: context.fixOf('i440fx has 1f.0 free.', source, [
      { edit: 'machine', type: 'i440fx' },
      { edit: 'hostpci', name: 'pcie', value: null, device: device.name },
    ]),
  });
}

function hasVfs({ facts, signals }: Case): boolean {
  return (facts.get('vfs') ?? 0) > 0 || signals.has('sriov-on', 'vf-mode');
}

function onlyFunctionZero({ host, name }: PassedDevice): readonly VmEdit[] {
  return host === null ? [] : [{ edit: 'host-device', from: host, to: `${host}.0`, device: name }];
}
