import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';
import { hasSymptom, works } from '../subject/trouble.ts';

/** Settings of the host's firmware that alone explain what the host refuses. */
export const biosSettings: Rule = {
  id: 'bios-settings',
  findings: ['host.bios-settings'],
  conclude: (of) => (works(of) ? [] : [...noRoomForVfs(of), ...switchedOff(of)]),
};

function lines(of: Case, ...ids: readonly string[]): readonly Quote[] {
  return ids.flatMap((id) => of.signals.of(id)).map(({ quote }) => quote);
}

/** Seven functions ask for gigabytes, which are not to be had below 4 GiB. */
function noRoomForVfs(of: Case): readonly Claim[] {
  const off = of.facts.saying('biosSetting', 'above-4g=off');
  const refused = [
    ...lines(of, 'sriov-resources'),
    ...(modeOf(of) === 'vf' || of.facts.get('vfs') !== null ? lines(of, 'memory-short') : []),
  ];
  const missing = modeOf(of) === 'vf' && hasSymptom(of, 'vfs-missing');
  if (off.length === 0 || (refused.length === 0 && !missing) || of.signals.has('sriov-on')) return [];
  return [
    found(
      'Above 4G Decoding is off: there is no room for the virtual functions',
      'Each virtual function wants memory of its own in the address space, together gigabytes. Below 4 GiB there is no such room, and the kernel refuses to make them.',
      [...off, ...refused],
      'Above 4G Decoding: Enabled (some boards: Above 4G MMIO, or together with Re-Size BAR). Then restart.',
      ['sriov.driver-broken', 'host.device-missing', 'sriov.no-pf-driver'],
      refused.length > 0 ? 'certain' : 'likely',
    ),
  ];
}

/** Most boards switch the iGPU off where a card is in a slot, unless they are told to keep both. */
function switchedOff(of: Case): readonly Claim[] {
  const off = of.facts.saying('biosSetting', 'multi-monitor=off', 'internal-graphics=off');
  const gone = lines(of, 'pve-no-device', 'virt-no-device', 'vfio-no-device');
  if (off.length === 0 || gone.length === 0 || modeOf(of) === 'vf') return [];
  return [
    found(
      'The firmware has switched the iGPU off',
      'With a card in a slot many boards hide the iGPU: 00:02.0 is then in no list of the host. The setting for several monitors keeps it.',
      [...off, ...gone, ...of.facts.quotes('otherGpu')],
      'iGPU Multi-Monitor (or Internal Graphics): Enabled. Then `lspci -s 00:02.0` must show it.',
      ['host.device-missing', 'host.not-primary', 'opregion.missing'],
      'certain',
    ),
  ];
}

function found(
  title: string,
  detail: string,
  evidence: readonly Quote[],
  text: string,
  explains: Claim['explains'],
  confidence: Claim['confidence'],
): Claim {
  return claim({
    id: 'host.bios-settings',
    severity: 'cause',
    confidence,
    decides: confidence === 'certain',
    title,
    detail,
    evidence,
    fix: {
      why: 'Change the setting that is quoted.',
      vm: [],
      steps: [{ where: 'bios', text }],
      source: 'Linux drivers/pci/iov.c; manuals of boards',
    },
    explains,
  });
}
