import { igdSupport } from '../../igpu/qemu-support.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { familyOf } from '../subject/family.ts';
import { modeOf, passedIgpu } from '../subject/passed.ts';

/** The release in which QEMU knows again what 9.2 forgot. */
const WHOLE_AGAIN = '10.0';

/** QEMU releases that treat a generation of graphics in a way of their own. */
export const qemuGeneration: Rule = {
  id: 'qemu-generation',
  findings: ['qemu.unknown-generation'],
  conclude: (of) => {
    if (modeOf(of) === 'vf' || modeOf(of) === 'mdev' || outcome(of) === 'works') return [];
    const device = of.facts.get('device');
    const family = familyOf(of);
    const legacy = passedIgpu(of)?.legacyIgd === true || of.signals.has('igd-gen');
    const version = of.facts.get('qemuVersion');
    if (device === null || family === null || version === null) return [];
    const [now, later] = [version, WHOLE_AGAIN].map((one) => igdSupport(family, one, device.slice(5)));
    if (now?.generation !== null || later?.generation === null) return [];
    return [
      claim({
        id: 'qemu.unknown-generation',
        severity: legacy ? 'cause' : 'contributing',
        confidence: legacy ? 'certain' : 'possible',
        title: `QEMU 9.2 does not know ${family.codename} graphics`,
        detail:
          'Its table lacks this device id, so it leaves out the OpRegion, stolen memory and LPC bridge that legacy mode needs. Older releases took unknown ids for generation 8; 10.0 knows them again.',
        evidence: of.facts.quotes('qemuVersion', 'device', 'cpu'),
        fix: {
          why: 'Use another release of QEMU.',
          vm: [],
          steps: [
            {
              where: 'host',
              text: 'apt update && apt full-upgrade   # QEMU 10.0 or newer; or pve-qemu-kvm 9.1',
            },
          ],
          source: 'QEMU hw/vfio/igd.c, commit 03828b00a2',
        },
        explains: ['rom.missing', 'opregion.not-passed', 'guest.code43', 'qemu.legacy-not-for-generation'],
      }),
    ];
  },
};
