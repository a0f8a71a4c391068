import type { Case } from './case.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Claim } from './finding.ts';
import { outcome } from './outcome.ts';

/** What to give next where it is missing, in the order in which it helps: the first few are asked for. */
const WANTED: readonly { readonly what: string; readonly missing: (of: Case) => boolean }[] = [
  {
    what: 'the VM’s config: qm config <vmid> (libvirt: virsh dumpxml <name>)',
    missing: ({ vms }) => vms.length === 0,
  },
  {
    what: 'the host’s kernel log of a start of the VM: journalctl -k -b',
    missing: ({ signals }) => signals.ids.length === 0,
  },
  {
    what: 'what the guest says of the device: problem code, driver and its version',
    missing: ({ facts }) =>
      facts.get('problemCode') === null && facts.get('guestDriver') === null && facts.get('outcome') === null,
  },
  {
    what: 'versions: pveversion -v (or qemu-system-x86_64 --version) and uname -r',
    missing: ({ facts }) => facts.get('qemuVersion') === null && facts.get('pveVersion') === null,
  },
  {
    what: 'the processor, or lspci -nnk -s 00:02',
    missing: ({ facts }) => facts.get('device') === null && facts.get('cpu') === null,
  },
];
const ASKED = 5;

/** The verdict, and what would settle what is open. */
export function account(of: Case, findings: readonly Claim[]): Pick<Diagnosis, 'verdict' | 'collect'> {
  const first = findings[0];
  const state = outcome(of);
  const cause = findings.some(({ severity }) => severity === 'cause');
  const certain = first !== undefined && first.severity === 'cause' && first.confidence === 'certain';
  const verdict =
    state === 'works'
      ? 'pass'
      : state === 'fails' || (certain && (state !== 'contradictory' || first.decides))
        ? 'fail'
        : 'inconclusive';
  const open = state !== 'works' && !certain && first?.id !== 'device.other-vendor';
  const wanted = cause && !open ? [] : WANTED.filter(({ missing }) => missing(of)).map(({ what }) => what);
  const collect = open ? [...findings.slice(0, 3).flatMap((finding) => finding.collect), ...wanted] : [];
  return { verdict, collect: [...new Set(collect)].slice(0, ASKED) };
}
