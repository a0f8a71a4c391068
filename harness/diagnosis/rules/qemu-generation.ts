import { claim, type Rule } from '../rule.ts';
import { outcome } from '../outcome.ts';
import { familyOf, modeOf, passed, qemuWithin } from './about.ts';

/**
 * `igd_gen()` of QEMU 9.2 has no entry for these device ids, and refuses legacy mode to what it does not know
 * (QEMU hw/vfio/igd.c at 03828b00a2; whole again in 10.0).
 */
const UNKNOWN_TO_9_2 = /^8086:(?:46|a7|9b|4e|4c|8a|31)/i;

/** QEMU releases that treat a generation of graphics in a way of their own. */
export const qemuGeneration: Rule = {
  id: 'qemu-generation',
  findings: ['qemu.unknown-generation', 'qemu.regression'],
  conclude: (of) => {
    if (modeOf(of) === 'vf' || modeOf(of) === 'mdev' || outcome(of) === 'works') return [];
    const device = of.facts.get('device');
    const family = familyOf(of);
    const legacy = passed(of)?.legacyIgd === true || of.signals.has('igd-gen');
    if (device === null || family === null || !qemuWithin(of, '9.2', '10.0') || !UNKNOWN_TO_9_2.test(device))
      return [];
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
