import type { Case } from '../case.ts';
import type { Claim, Fix } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { concerns, modeOf } from '../subject/passed.ts';
import { hasSymptom, works } from '../subject/trouble.ts';

/** The host has no OpRegion to give to the guest, and why. */
export const opregion: Rule = {
  id: 'opregion',
  findings: ['opregion.missing', 'host.not-primary', 'host.bios-settings'],
  conclude: (of) => {
    const lines = ['opregion-missing', 'opregion-access', 'igd-regions']
      .flatMap((id) => of.signals.of(id))
      .filter((signal) => concerns(of, signal, 'start'));
    if (lines.length === 0) return [];
    const evidence = lines.map(({ quote }) => quote);
    const vf = modeOf(of) === 'vf';
    const refused = of.signals.has('pve-start-failed') || hasSymptom(of, 'vm-does-not-start');
    const other = of.facts.quotes('otherGpu', 'hostPrimary');
    return [
      claim({
        id: 'opregion.missing',
        // A virtual function never has one: QEMU refuses to start where it is asked for, and else it is not missed.
        severity: works(of) ? 'info' : vf && !refused ? 'contributing' : 'cause',
        confidence: 'certain',
        title: vf
          ? 'A virtual function has no OpRegion: x-igd-opregion=on is refused'
          : 'The host has no OpRegion to give for this device',
        detail:
          'vfio-pci offers the OpRegion only where the firmware set the iGPU up at boot. With another card as the primary display it often does not; a kernel without CONFIG_VFIO_PCI_IGD never does.',
        evidence: [...evidence, ...other],
        fix: vf ? WITHOUT : PRIMARY,
        collect: [
          'dmesg | grep -i "shadowed ROM": it names the primary display',
          'BIOS: which display is primary',
        ],
        explains: [
          'rom.missing',
          'guest.code43',
          'opregion.not-passed',
          'guest.display-enumeration',
          'config.legacy-conflict',
        ],
      }),
      ...notPrimary(of, other),
    ];
  },
};

const WITHOUT: Fix = {
  why: 'A virtual function needs no OpRegion, no ROM and no legacy mode.',
  vm: [{ edit: 'device-property', name: 'x-igd-opregion', value: null }],
  steps: [],
  source: 'QEMU hw/vfio/igd.c',
};

const PRIMARY: Fix = {
  why: 'Let the firmware set the iGPU up: make it the primary display.',
  vm: [],
  steps: [
    {
      where: 'bios',
      text: 'Primary display: IGFX / iGPU / internal. iGPU multi-monitor: enabled. VMD: disabled.',
    },
    { where: 'host', text: 'zgrep VFIO_PCI_IGD /proc/config.gz /boot/config-$(uname -r)   # must be y' },
  ],
  source: 'QEMU docs/igd-assign.txt; Linux drivers/vfio/pci/vfio_pci_igd.c',
};

function notPrimary(of: Case, evidence: Claim['evidence']): readonly Claim[] {
  if (evidence.length === 0 || of.facts.get('hostPrimary') === 'igpu') return [];
  return [
    claim({
      id: 'host.not-primary',
      severity: 'contributing',
      title: 'Another graphics card is in the host: the iGPU is probably not its primary display',
      detail: 'Firmware sets up the primary display only, on many boards.',
      evidence,
      fix: PRIMARY,
    }),
  ];
}
