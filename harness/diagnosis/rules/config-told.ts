import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { saidOfGuestAddress } from '../said.ts';
import { guestIs } from '../subject/guest.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf, romGiven } from '../subject/passed.ts';
import { displayFails, works } from '../subject/trouble.ts';
import * as context from './config-context.ts';
import { told } from './sriov-wanted.ts';

/** What is wrong with a VM’s settings by what people tell of them, where their config does not show it itself. */
export const CONFIG_TOLD: Rule = {
  id: 'config-told',
  findings: [
    'config.passes-whole-device',
    'config.igpu-address',
    'config.slot-busy',
    'config.ballooning',
    'opregion.not-passed',
  ],
  conclude: (of) =>
    works(of) || isOtherVendor(of)
      ? []
      : [...allFunctions(of), ...elsewhere(of), ...slotTaken(of), ...ballooning(of), ...emptyAsls(of)],
};

/** A box in Proxmox’ dialog: it passes 00:02 without a function, whichever function was chosen. */
function allFunctions(of: Case): readonly Claim[] {
  const said = told(of, 'all-functions');
  if (said.length === 0 || modeOf(of) !== 'vf') return [];
  return [
    claim({
      id: 'config.passes-whole-device',
      severity: 'cause',
      title: 'All functions are passed, where one virtual function was meant',
      detail:
        'With “All Functions” the VM takes the whole slot: the physical function, whose driver on the host is then gone, and with it every virtual one. The VM does not start, or the functions vanish.',
      evidence: said,
      fix: context.fixOf(
        'Only the chosen virtual function is passed.',
        'qemu-server PVE/QemuServer/PCI.pm; kernel drivers/pci/iov.c',
        [],
        [{ where: 'vm', text: 'untick “All Functions”: hostpci0: 0000:00:02.1' }],
      ),
      explains: ['host.device-missing', 'sriov.pf-on-vfio', 'guest.driver-missing', 'host.device-busy'],
    }),
  ];
}

/** Where Windows itself has the iGPU; a VM's config shows it better. */
function elsewhere(of: Case): readonly Claim[] {
  const said = told(of, 'guest-elsewhere');
  const mode = modeOf(of);
  if (said.length === 0 || of.vms.length > 0 || mode === 'vf' || mode === 'mdev') return [];
  if (!guestIs(of, 'windows', 'macos') || !displayFails(of)) return [];
  return [
    claim({
      id: 'config.igpu-address',
      severity: romGiven(of) === 'yes' ? 'cause' : 'contributing',
      ...saidOfGuestAddress('another place, behind a port or in another slot'),
      evidence: said,
      fix: context.fixOf(
        'Drivers and ROM then find the iGPU where they look for it.',
        'QEMU docs/igd-assign.txt: conditions of firmware and drivers',
        [{ edit: 'guest-address', bus: of.facts.get('machine') === 'q35' ? 'pcie.0' : 'pci.0', slot: 2 }],
      ),
    }),
  ];
}

function slotTaken(of: Case): readonly Claim[] {
  const said = told(of, 'slot-taken');
  if (said.length === 0) return [];
  return [
    claim({
      id: 'config.slot-busy',
      severity: 'cause',
      title: 'The place where the guest shall see the iGPU is taken by another device',
      detail:
        'Two devices of a VM cannot have one address. Slot 2 goes to the emulated display or to whatever QEMU places first, such as a virtiofs or network device, unless each has its own address.',
      evidence: said,
      fix: context.fixOf(
        'Slot 2 must be free for the iGPU.',
        'QEMU hw/pci/pci.c, do_pci_register_device',
        [],
        [
          {
            where: 'vm',
            text: 'give the other device another address (addr=), or take the emulated display away',
          },
        ],
      ),
      explains: ['guest.driver-missing'],
    }),
  ];
}

/** The guest complains of memory that ballooning has taken and a passed device cannot give back. */
function ballooning(of: Case): readonly Claim[] {
  const lines = of.vms
    .filter(({ ballooning }) => ballooning)
    .flatMap((vm) => context.linesOf(vm, ['balloon']));
  const said = [...told(of, 'ballooning'), ...lines];
  if (said.length === 0 || !of.facts.has('symptom', 'less-memory')) return [];
  return [
    claim({
      id: 'config.ballooning',
      severity: 'contributing',
      title: 'Ballooning does not go together with a passed device',
      detail:
        'A passed device pins the guest’s memory, so the balloon can neither take nor give as it is meant to, and the guest may be left with its minimum.',
      evidence: [...said, ...of.facts.quotes('symptom')],
      fix: context.fixOf('The guest has all of its memory.', 'QEMU hw/vfio: ballooning is inhibited', [
        { edit: 'ballooning', on: false },
      ]),
      answers: ['less-memory'],
    }),
  ];
}

/** ASLS (config register 0xFC) holds the address of the OpRegion: 0 in the guest means that it got none. */
function emptyAsls(of: Case): readonly Claim[] {
  const said = told(of, 'asls-zero');
  if (said.length === 0 || modeOf(of) === 'vf') return [];
  return [
    claim({
      id: 'opregion.not-passed',
      severity: 'cause',
      title: 'The guest has no OpRegion: its register 0xFC is empty',
      detail:
        'The driver looks there for the description of the ports (VBT). The firmware of the guest has to write it, from what QEMU hands over.',
      evidence: said,
      fix: context.fixOf(
        'The guest’s driver finds the description of the ports.',
        'QEMU docs/igd-assign.txt',
        [{ edit: 'device-property', name: 'x-igd-opregion', value: 'on' }],
        [{ where: 'vm', text: 'OVMF needs a ROM with IgdAssignmentDxe for it; SeaBIOS does it by itself' }],
      ),
      explains: ['guest.code43', 'guest.display-enumeration', 'host.class-not-vga', 'guest.driver-missing'],
    }),
  ];
}
