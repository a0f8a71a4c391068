import { igpuFamily } from '../../igpu/families.ts';
import { igdSupport } from '../../igpu/qemu-support.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { dmaFaults, FEW } from '../signatures/dma-faults.ts';
import { generationOf } from '../subject/family.ts';
import { mayBeWindows } from '../subject/guest.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf, passedIgpu, romGiven } from '../subject/passed.ts';
import { isOlder } from '../subject/qemu.ts';
import { displayFails, hasSymptom } from '../subject/trouble.ts';

/** The first release that passes what it does not know as well as it can, instead of leaving all of it out. */
const FIRST = '10.1';

/**
 * A generation that no release before 10.1 could do anything with: Core Ultra. What older ones guessed and 9.2 alone
 * refuses is `qemu.unknown-generation`; what only a newer one has a property for, `config-properties` finds.
 */
export const qemuTooOld: Rule = {
  id: 'qemu-too-old',
  findings: ['qemu.too-old'],
  conclude: (of) => [...withoutGeneration(of), ...withoutWideRegister(of)],
};

function withoutGeneration(of: Case): readonly Claim[] {
  const mode = modeOf(of);
  const id = of.facts.get('device');
  const family = id === null ? null : igpuFamily(id);
  const version = of.facts.get('qemuVersion');
  if (mode === 'vf' || mode === 'mdev' || outcome(of) === 'works') return [];
  if (id === null || version === null || family === null) return [];
  const [now, then] = [version, FIRST].map((one) => igdSupport(family, one, id.slice(5)));
  // Before 9.2 all unknown ids were guessed, mostly well enough: then version is not what one can blame.
  if (now?.legacyMode !== 'unknown-generation' || then?.generation !== null) return [];
  const device = passedIgpu(of);
  const legacy =
    device?.legacyIgd === true ||
    device?.properties.get('x-igd-legacy-mode') === 'on' ||
    of.signals.has('igd-gen');
  return [
    claim({
      id: 'qemu.too-old',
      severity: legacy ? 'cause' : 'contributing',
      confidence: legacy ? 'certain' : 'possible',
      title: `QEMU ${version} is older than the first that can pass ${family.codename} graphics`,
      detail: `No release before ${FIRST} has anything for this generation: without a generation it gives no stolen memory, no legacy mode and, unless told to, no OpRegion. From ${FIRST} on it passes the OpRegion to such a device by itself.`,
      evidence: of.facts.quotes('qemuVersion', 'device'),
      fix: {
        why: `Use QEMU ${FIRST} or newer${legacy ? ', and take legacy mode out: no release has it for this iGPU' : ''}.`,
        vm: device?.legacyIgd === true ? [{ edit: 'hostpci', name: 'legacy-igd', value: null }] : [],
        steps: [{ where: 'host', text: 'apt update && apt full-upgrade   # then: kvm --version' }],
        source: 'QEMU hw/vfio/igd.c, commit 7969cf4639',
      },
      explains: ['opregion.not-passed', 'guest.code43', 'qemu.unknown-generation'],
    }),
  ];
}

/** The release that knows where graphics of generation 11 and later say where their stolen memory is. */
const WIDE = '9.2';

/**
 * Older releases hide the host's address of the stolen memory in the register of generation 8. Newer graphics have it
 * elsewhere, so the guest's driver uses the host's address; it is blamed where the device is seen to do so.
 */
function withoutWideRegister(of: Case): readonly Claim[] {
  const version = of.facts.get('qemuVersion');
  const mode = modeOf(of);
  if (version === null || !isOlder(version, WIDE) || mode === 'vf' || mode === 'mdev') return [];
  if ((generationOf(of) ?? 0) < 11 || isOtherVendor(of) || !mayBeWindows(of) || !displayFails(of)) return [];
  const { late, paced } = dmaFaults(of);
  const astray = late >= FEW || paced || hasSymptom(of, 'dma-faults');
  if (!astray || romGiven(of) === 'no') return [];
  return [
    claim({
      id: 'qemu.too-old',
      severity: 'cause',
      title: `QEMU ${version} does not know where these graphics keep the address of their stolen memory`,
      detail: `From generation 11 on it stands in another register. QEMU before ${WIDE} fills in the old one only, so the guest’s driver takes the host’s address, and the IOMMU stops the device there.`,
      evidence: [
        ...of.facts.quotes('qemuVersion', 'device', 'cpu'),
        ...of.signals.of('dmar-fault').map(({ quote }) => quote),
      ],
      fix: {
        why: `Use QEMU ${WIDE} or newer.`,
        vm: [],
        steps: [
          {
            where: 'host',
            text: 'upgrade to a distribution with a newer QEMU (Debian 13, Ubuntu 25.04, Proxmox VE 8.4)   # then: qemu-system-x86_64 --version',
          },
        ],
        source: 'QEMU hw/vfio/igd.c, 64-bit BDSM at 0xc0 since 9.2',
      },
      explains: [
        'host.dma-faults',
        'guest.code43',
        'host.stolen-memory',
        'opregion.not-passed',
        'rom.missing',
      ],
    }),
  ];
}
