import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';
import { isIgpuPlace } from '../subject/address.ts';
import { hasSymptom, works } from '../subject/trouble.ts';
import { told } from './sriov-wanted.ts';

/** What happens to the host when a VM takes the device. */
export const hostTold: Rule = {
  id: 'host-told',
  findings: ['host.driver-bound', 'host.collateral-device', 'host.reset-failed'],
  conclude: (of) => (works(of) ? [] : [...liveDevice(of), ...collateral(of), ...resetStuck(of)]),
};

const AT_START =
  /\b(?:start|boot|launch|power(?:ed|s)? on|domain|qm|virsh|detach|unbind|as soon as|when the vm)\w*|启动|开机/i;

/** A driver from which a live device is taken faults, and the host with it. */
function liveDevice(of: Case): readonly Claim[] {
  const mode = modeOf(of);
  const crash = of.facts.saying('symptom', 'host-freezes').filter(({ text }) => AT_START.test(text));
  const user = [
    ...told(of, 'host-desktop'),
    ...of.facts
      .of('hostDriver')
      .filter(({ value }) => value === 'i915' || value === 'xe')
      .map(({ quote }) => quote),
  ];
  if (mode === 'vf' || mode === 'mdev' || crash.length === 0 || user.length === 0) return [];
  return [
    claim({
      id: 'host.driver-bound',
      severity: 'cause',
      title: 'The VM takes the iGPU from the host’s own driver, and the host goes down with it',
      detail:
        'A desktop or console of the host still uses the device through i915 or xe when the VM starts. Taken away from them while in use, they crash or hang the host.',
      evidence: [...user, ...crash],
      fix: {
        why: 'Give the device to vfio-pci before any driver of the host takes it.',
        vm: [],
        steps: [
          {
            where: 'host',
            text: "printf 'options vfio-pci ids=8086:xxxx\\nsoftdep i915 pre: vfio-pci\\nsoftdep xe pre: vfio-pci\\n' > /etc/modprobe.d/vfio.conf && update-initramfs -u   # the id stands in lspci -nns 00:02.0",
          },
          {
            where: 'host',
            text: 'start the host without a desktop: systemctl set-default multi-user.target',
          },
        ],
        source: 'Linux drivers/gpu/drm; libvirt, managed host devices',
      },
      explains: ['host.crash', 'host.device-busy', 'host.kernel-regression'],
    }),
  ];
}

/** A device that the host needs goes away with the one that is passed. */
function collateral(of: Case): readonly Claim[] {
  const said = of.facts.saying('symptom', 'device-lost');
  const removed = [...of.signals.of('nic-removed').map(({ quote }) => quote), ...takenFromHost(of)];
  // A virtual function takes nothing with it: what is lost then, is lost to something else.
  const alone = modeOf(of) === 'vf' && removed.length === 0;
  if (said.length === 0 && !(removed.length > 0 && of.facts.has('symptom', 'host-freezes'))) return [];
  // A kernel that faults takes all with it, the network included.
  const faults = removed.length === 0 && of.signals.has('host-panic', 'i915-oops');
  const more = of.vms.flatMap(({ devices }) =>
    devices.filter(({ host }) => host !== null && !isIgpuPlace(host)).map(({ quote }) => quote),
  );
  return [
    claim({
      id: 'host.collateral-device',
      severity: faults || (alone && more.length === 0) ? 'contributing' : 'cause',
      confidence: removed.length > 0 ? 'certain' : 'likely',
      title: 'With the passed device the host loses another one that it needs',
      detail:
        'Devices of one IOMMU group go to the VM together: all functions of 00:1f are one group on most boards, sound and network included. Or a device is passed by an address that another one has now.',
      evidence: [...said, ...removed, ...more],
      fix: {
        why: 'Pass nothing that shares its group with what the host needs.',
        vm: [],
        steps: [
          {
            where: 'host',
            text: 'for d in /sys/kernel/iommu_groups/*/devices/*; do echo "$d"; done | sort -V   # who shares a group',
          },
          {
            where: 'vm',
            text: 'take the sound device 00:1f.3, or the other one of that group, out of the VM',
          },
        ],
        source: 'Linux drivers/vfio; qemu-server PVE/QemuServer/PCI.pm',
      },
      answers: alone ? [] : ['device-lost'],
      explains: ['host.crash'],
    }),
  ];
}

/** Network cards of the host that vfio-pci then takes. */
function takenFromHost(of: Case): readonly Quote[] {
  const taken = of.signals.of('vfio-enable').filter(({ device }) => device !== null);
  return of.signals
    .of('nic-down')
    .flatMap((down) =>
      taken
        .filter(({ device }) => device === down.captures['device'])
        .flatMap(({ quote }) => [down.quote, quote]),
    );
}

/** The kernel waits for a function-level reset that never ends. */
function resetStuck(of: Case): readonly Claim[] {
  const stuck = told(of, 'reset-stuck');
  if (stuck.length === 0) return [];
  const down = hasSymptom(of, 'host-freezes', 'vm-does-not-start', 'vm-freezes');
  return [
    claim({
      id: 'host.reset-failed',
      severity: down ? 'cause' : 'contributing',
      title: 'The iGPU does not come back from its reset when the VM takes it',
      detail:
        'Before a VM starts, the kernel resets the device and waits for it. Where the wait does not end, host or VM hang with it. Without that reset the device keeps the state of its last use, and the guest’s driver may give up.',
      evidence: [...stuck, ...of.facts.saying('symptom', 'host-freezes')],
      fix: {
        why: 'Let the first driver of the device be the guest’s.',
        vm: [],
        steps: [
          { where: 'bios', text: 'update the firmware of the board' },
          {
            where: 'host',
            text: 'keep i915 and xe from the device since the start (vfio-pci ids=8086:xxxx, no framebuffer), then a cold start',
          },
        ],
        source: 'Linux drivers/pci/pci.c, pcie_flr(), pci_dev_wait()',
      },
      explains: ['host.crash', 'guest.code43', 'rom.missing'],
    }),
  ];
}
