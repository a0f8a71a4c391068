import { igpuFamily } from '../../igpu/families.ts';
import { igdSupport } from '../../igpu/qemu-support.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf, passedIgpu } from '../subject/passed.ts';

/** The first release that passes what it does not know as well as it can, instead of leaving all of it out. */
const FIRST = '10.1';

/**
 * A generation that no release before 10.1 could do anything with: Core Ultra. What older ones guessed and 9.2 alone
 * refuses is `qemu.unknown-generation`; what only a newer one has a property for, `config-properties` finds.
 */
export const qemuTooOld: Rule = {
  id: 'qemu-too-old',
  findings: ['qemu.too-old'],
  conclude: (of) => {
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
  },
};
