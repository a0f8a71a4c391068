import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { isAtTwo } from '../subject/guest-place.ts';
import { guestIs } from '../subject/guest.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { qemuSince } from '../subject/qemu.ts';
import { displayFails, works } from '../subject/trouble.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

/** Whether the guest gets the OpRegion, which Windows' driver needs, where legacy mode does not bring it. */
export const OPREGION_NOT_PASSED: Rule = {
  id: 'opregion-not-passed',
  findings: ['opregion.not-passed'],
  conclude: (of) =>
    context.perVm(of, (vm) => {
      const device = wholeIgpu(vm);
      if (device === null || device.host === null || works(of) || !misses(of)) return [];
      const option = device.properties.get('x-igd-opregion');
      const off = option !== undefined && /^(?:off|no|false|n)$/i.test(option);
      if (!off && (option !== undefined || isLegacy(of, vm, device))) return [];
      const byDefault = qemuSince(of, '10.1');
      return off || byDefault !== true ? [missing(of, vm, device, { off, byDefault })] : [];
    }),
};

/** Windows’ driver needs it; of Linux’ the guest’s own log says that it found none, where the monitor is dark. */
function misses(of: Case): boolean {
  return (
    guestIs(of, 'windows', 'macos') || (guestIs(of, 'linux') && of.signals.has('no-vbt') && displayFails(of))
  );
}

/** Legacy mode hands the OpRegion over by itself; where QEMU has none for this iGPU, it does so without being asked. */
function isLegacy(of: Case, vm: VmSetup, device: PassedDevice): boolean {
  const q35 = (vm.machine.type ?? of.facts.get('machine')) === 'q35';
  const place = device.legacyIgd || (!q35 && isAtTwo(vm, device) !== false);
  return place && device.properties.get('x-igd-legacy-mode') !== 'off';
}

function missing(
  of: Case,
  vm: VmSetup,
  device: PassedDevice,
  { off, byDefault }: { readonly off: boolean; readonly byDefault: boolean | null },
): Claim {
  const fails = displayFails(of);
  // Without a ROM, or at another address, there is more missing than this.
  const alone = device.romfile !== null && isAtTwo(vm, device) === true;
  const sure = off || byDefault === false;
  return claim({
    id: 'opregion.not-passed',
    severity: !fails ? 'warning' : sure && alone ? 'cause' : 'contributing',
    confidence: fails && sure ? 'likely' : 'possible',
    title: off ? 'x-igd-opregion is off' : 'The guest is not given the OpRegion',
    detail:
      'Outside legacy mode QEMU before 10.1 passes the OpRegion only with x-igd-opregion=on. Without it Windows’ driver and the firmware know nothing of the ports, and Code 43 or a dark monitor follows.',
    evidence: [...context.linesOf(vm, ['machine', 'args'], device), ...of.facts.quotes('qemuVersion')],
    fix: context.fixOf('The guest’s driver finds the description of the ports.', 'QEMU docs/igd-assign.txt', [
      { edit: 'device-property', name: 'x-igd-opregion', value: 'on' },
    ]),
    explains: ['guest.code43', 'guest.display-enumeration'],
    collect:
      byDefault === null && !off
        ? ['the version of QEMU (`pveversion -v`, `qemu-system-x86_64 --version`)']
        : [],
  });
}
