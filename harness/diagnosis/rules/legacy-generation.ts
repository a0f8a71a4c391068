import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { generationOf } from '../subject/family.ts';
import { isAtTwo } from '../subject/guest-place.ts';
import { guestIs } from '../subject/guest.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf } from '../subject/passed.ts';
import { qemuSince } from '../subject/qemu.ts';
import { romWithoutGop } from '../subject/rom.ts';
import { displayFails, hasSymptom, works } from '../subject/trouble.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

const SOURCE = 'QEMU hw/vfio/igd.c from 10.1: legacy mode for generations 6 to 9';

/** Legacy mode on an iGPU that QEMU from 10.1 on does not give it to. */
export const LEGACY_GENERATION: Rule = {
  id: 'legacy-generation',
  findings: ['qemu.legacy-not-for-generation'],
  conclude: (of) => {
    const generation = generationOf(of);
    const newer = generation === null || (generation ?? 0) > 9;
    if (generation === undefined || !newer || qemuSince(of, '10.1') !== true || isOtherVendor(of)) return [];
    const claims = of.vms.flatMap((vm) => inVm(of, vm));
    return of.vms.length > 0 ? claims : afterUpdate(of);
  },
};

function inVm(of: Case, vm: VmSetup): readonly Claim[] {
  const device = wholeIgpu(vm);
  if (device === null || (vm.machine.type ?? of.facts.get('machine')) === 'q35') return [];
  const mode = device.properties.get('x-igd-legacy-mode');
  const wanted =
    device.legacyIgd || mode === 'on' || (device.romfile !== null && isAtTwo(vm, device) === true);
  if (!wanted || mode === 'off' || device.properties.get('x-igd-lpc') === 'on') return [];
  const fails = displayFails(of) || hasSymptom(of, 'after-update');
  // A ROM without GOP never draws a picture of its own; who has the guest's picture misses one thing only.
  const onlyEarly = hasSymptom(of, 'no-firmware-picture') && of.facts.has('outcome', 'works');
  if (onlyEarly && romWithoutGop(of).length > 0) return [];
  const severity = works(of) ? 'info' : onlyEarly ? 'contributing' : fails ? 'cause' : 'warning';
  return [
    legacyClaim(
      mode === 'on' ? context.refusal(of) : { severity, confidence: fails ? 'likely' : 'possible' },
      device,
      [
        ...context.linesOf(vm, ['machine', 'args'], device),
        ...of.facts.quotes('qemuVersion', 'pveVersion', 'device'),
      ],
    ),
  ];
}

/** Only that it broke with a QEMU that brought the change. */
function afterUpdate(of: Case): readonly Claim[] {
  const { facts } = of;
  const fits = hasSymptom(of, 'after-update') && facts.get('machine') !== 'q35' && modeOf(of) !== 'vf';
  if (!fits || guestIs(of, 'linux')) return [];
  return [
    legacyClaim(
      { severity: 'cause', confidence: 'possible' },
      null,
      facts.quotes('qemuVersion', 'pveVersion', 'device', 'symptom'),
    ),
  ];
}

function legacyClaim(
  how: Pick<Claim, 'severity' | 'confidence'>,
  device: PassedDevice | null,
  evidence: Claim['evidence'],
): Claim {
  const lpc = { edit: 'device-property', name: 'x-igd-lpc', value: 'on' } as const;
  const refused = device?.properties.get('x-igd-legacy-mode') === 'on';
  return claim({
    id: 'qemu.legacy-not-for-generation',
    ...how,
    title: 'QEMU from 10.1 on has no legacy mode for this iGPU',
    detail:
      'Since 10.1 it is for generations 6 to 9. On a newer iGPU QEMU leaves the bridge’s identity alone, which the ROM and its firmware picture need; x-igd-lpc=on brings it back.',
    evidence,
    fix: context.fixOf('The ROM finds the bridge it looks for, without legacy mode.', SOURCE, [
      ...(refused ? [{ edit: 'device-property', name: 'x-igd-legacy-mode', value: null } as const] : []),
      lpc,
    ]),
    answers: ['no-firmware-picture', 'after-update'],
    explains: ['host.stolen-memory'],
  });
}
