import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';
import { hasSymptom, works } from '../subject/trouble.ts';

/** QEMU 5.0 as most distributions built it, and Proxmox’ packages of it before 5.0.0-5. */
const LEFT_OUT = /^5\.0(?:\.|$)/;

/** A QEMU that was built without its code for Intel graphics: every hand-over is missing, and nothing is said of it. */
export const igdLeftOut: Rule = {
  id: 'igd-left-out',
  findings: ['qemu.regression'],
  conclude: (of) => {
    const versions = of.facts.of('qemuVersion').filter(({ value }) => LEFT_OUT.test(value));
    const dark = hasSymptom(of, 'no-picture', 'no-firmware-picture', 'code-43', 'after-update');
    const mode = modeOf(of);
    if (versions.length === 0 || !dark || mode === 'vf' || mode === 'mdev' || works(of)) return [];
    return [
      claim({
        id: 'qemu.regression',
        severity: 'cause',
        title: 'QEMU 5.0 leaves its code for Intel graphics out',
        detail:
          'A mistake in its build options (CONFIG_VFIO_IGD) dropped legacy mode, OpRegion and the stolen memory without a word. QEMU 5.1 has them again.',
        evidence: [...versions.map(({ quote }) => quote), ...of.facts.quotes('symptom')],
        fix: {
          why: 'Take a QEMU that has the code.',
          vm: [],
          steps: [
            {
              where: 'host',
              text: 'upgrade QEMU to 5.1 or newer (Proxmox: pve-qemu-kvm 5.0.0-5), or stay with 4.2',
            },
          ],
          source: 'pve-qemu debian/changelog, 5.0.0-5; QEMU hw/vfio/Kconfig',
        },
        explains: [
          'rom.missing',
          'opregion.not-passed',
          'guest.code43',
          'config.legacy-on-q35',
          'config.legacy-conflict',
        ],
      }),
    ];
  },
};
