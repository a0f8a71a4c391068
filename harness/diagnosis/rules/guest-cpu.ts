import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { guestIs } from '../subject/guest.ts';
import { igpuDevices, isVf } from '../subject/igpu-devices.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf } from '../subject/passed.ts';
import { displayFails, hasCode43, hasSymptom, works } from '../subject/trouble.ts';
import type { VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

/** What the guest is told of its processor. */
export const GUEST_CPU: Rule = {
  id: 'guest-cpu',
  findings: ['guest.hypervisor-hidden', 'guest.cpu-vendor'],
  conclude: (of) => [
    ...context.perVm(of, (vm) => [...hidden(of, vm), ...vendor(of, vm)]),
    ...(of.vms.length === 0 ? [...hiddenByWord(of), ...vendorByWord(of)] : []),
  ],
};

const EDITS = [
  { edit: 'cpu-hidden', hidden: false },
  { edit: 'hostpci', name: 'x-vga', value: null },
] as const;

function hidden(of: Case, vm: VmSetup): readonly Claim[] {
  const device = igpuDevices(vm).find(isVf);
  const { cpu } = vm;
  if (device === undefined || !(cpu.hidden || cpu.hypervisorBitOff)) return [];
  const edits = device.xVga ? EDITS : EDITS.slice(0, 1);
  return [onVf(of, context.linesOf(vm, ['cpu', 'args', 'features'], device), edits)];
}

/** People write the CPU's options among their plain facts. */
function hiddenByWord(of: Case): readonly Claim[] {
  const said = of.facts.of('sign').filter(({ value }) => value === 'hypervisor-hidden');
  if (said.length === 0 || modeOf(of) !== 'vf' || isOtherVendor(of)) return [];
  return [
    onVf(
      of,
      said.slice(0, 1).map(({ quote }) => quote),
      EDITS.slice(0, 1),
    ),
  ];
}

function onVf(of: Case, evidence: Claim['evidence'], edits: readonly (typeof EDITS)[number][]): Claim {
  const code43 = hasCode43(of);
  const linux = guestIs(of, 'linux');
  return claim({
    id: 'guest.hypervisor-hidden',
    severity: works(of) || linux ? 'info' : code43 ? 'cause' : 'warning',
    confidence: code43 ? 'likely' : 'possible',
    title: 'The hypervisor is hidden from a guest that has a virtual function',
    detail:
      'Intel’s driver for a virtual function must know that it is in a VM. With kvm=off, hidden=1 or -hypervisor it takes itself for a physical one and gives up with Code 43. Nothing here needs hiding.',
    evidence,
    fix: context.fixOf(
      'The driver then sees that it runs in a VM.',
      'reports of users of virtual functions, with and without',
      edits,
    ),
    explains: ['guest.code43', 'sriov.no-display', 'guest.vbs'],
  });
}

function vendor(of: Case, vm: VmSetup): readonly Claim[] {
  const given = vm.cpu.vendor;
  const passed = igpuDevices(vm).some(({ host }) => host !== null);
  if (given === null || !passed || /^(?:GenuineIntel|Intel)$/.test(given)) return [];
  return [otherCpu(of, given, context.linesOf(vm, ['cpu', 'args']))];
}

/** Only beside an Intel processor of the host: else it may be the host's own that is spoken of. */
function vendorByWord(of: Case): readonly Claim[] {
  const said = of.facts.of('sign').filter(({ value }) => value === 'amd-cpu-model');
  const intel = of.facts.of('cpu').some(({ value }) => familyOfProcessor(value) !== null);
  if (said.length === 0 || !intel || isOtherVendor(of)) return [];
  return [
    otherCpu(
      of,
      'one of AMD’s',
      said.slice(0, 1).map(({ quote }) => quote),
    ),
  ];
}

function otherCpu(of: Case, given: string, evidence: Claim['evidence']): Claim {
  const fails = displayFails(of) || hasSymptom(of, 'driver-not-installing', 'bsod', 'problem-code');
  return claim({
    id: 'guest.cpu-vendor',
    severity: works(of) ? 'info' : fails ? 'cause' : 'warning',
    confidence: fails ? 'likely' : 'possible',
    title: `The guest’s CPU says it is ${given}, and the graphics is Intel’s`,
    detail: 'No such machine exists. Intel’s graphics driver looks at the CPU as well.',
    evidence,
    fix: context.fixOf(
      'The guest sees the processor that the iGPU is part of.',
      'QEMU target/i386/cpu.c',
      [],
      [
        {
          where: 'vm',
          text: 'Set the CPU type to host (libvirt: mode="host-passthrough"), without vendor=',
        },
      ],
    ),
    explains: ['guest.code43', 'guest.basic-display-driver', 'guest.problem-code'],
  });
}
