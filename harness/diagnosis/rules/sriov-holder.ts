import { igpuFamily } from '../../igpu/families.ts';
import type { Case } from '../case.ts';
import type { Fact } from '../fact.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { modeOf } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';
import { told } from './sriov-wanted.ts';

/** The physical function itself is held by vfio-pci, or by a VM, so nobody can make virtual functions. */
export const sriovHolder: Rule = {
  id: 'sriov-holder',
  findings: ['sriov.pf-on-vfio'],
  conclude: pfOnVfio,
};

function pfOnVfio(of: Case): readonly Claim[] {
  const wanted =
    of.facts.has('symptom', 'vfs-missing') ||
    of.facts.get('vfs') !== null ||
    modeOf(of) === 'vf' ||
    of.signals.has('sriov-nodrv');
  const missing = of.facts.has('symptom', 'vfs-missing') || of.signals.has('sriov-nodrv');
  const holder = of.facts.of('hostDriver').filter(({ value }) => value === 'vfio-pci');
  const touched = VFIO_LINES.flatMap((id) => of.signals.of(id)).filter(({ message }) =>
    /vfio-pci 0000:00:02\.0:/.test(message),
  );
  const held = [...[...holder, ...touched, ...taken(of)].map(({ quote }) => quote), ...told(of, 'pf-given')];
  if (!wanted || works(of) || (held.length === 0 && !(missing && of.facts.has('mode', 'whole')))) return [];
  return [
    claim({
      id: 'sriov.pf-on-vfio',
      severity: missing || holder.length > 0 ? 'cause' : 'contributing',
      confidence: missing && held.length > 0 ? 'certain' : 'likely',
      title: 'The physical function is given away, so there are no virtual functions',
      detail:
        'Virtual functions are made by the host’s i915 or xe driver on 00:02.0. Once vfio-pci or a VM holds that device, they are gone.',
      evidence: [...held, ...of.facts.quotes('symptom', 'vfs', 'mode')],
      fix: {
        why: 'Leave 00:02.0 to the host’s driver, and give VMs the virtual functions only.',
        vm: [],
        steps: [
          {
            where: 'vm',
            text: 'remove hostpci 0000:00:02.0 (or 0000:00:02, which takes all functions) from every VM; pass 0000:00:02.1 and up',
          },
          {
            where: 'host',
            text: 'remove vfio-pci ids=8086:… and any blacklist of i915 or xe, then update-initramfs -u and restart',
          },
        ],
        source: 'Linux drivers/pci/iov.c',
      },
      explains: [
        'sriov.no-pf-driver',
        'guest.code43',
        'rom.missing',
        'sriov.driver-broken',
        'host.device-missing',
      ],
    }),
  ];
}

const IDS = /\bvfio[-_]pci(?: |\.)ids=(\S{9,400})/i;

/** Options by which vfio-pci takes the iGPU, all of it, as soon as it is loaded. */
function taken(of: Case): readonly Fact[] {
  if (of.signals.has('pf-mode', 'sriov-on')) return [];
  const device = of.facts.get('device');
  return [...of.facts.of('moduleOptions'), ...of.facts.of('kernelCommandLine')].filter(({ value }) => {
    const ids = /^\s*#/.test(value) ? [] : (IDS.exec(value)?.[1]?.toLowerCase().split(',') ?? []);
    return ids.some((id) => (device === null ? igpuFamily(id) !== null : id === device));
  });
}

/** Lines of vfio-pci that name the device it holds. */
const VFIO_LINES = ['rom-header', 'vfio-reset', 'ecap-hide', 'vfio-enable', 'vgaarb-take', 'bar-reserve'];
