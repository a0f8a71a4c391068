import type { Hypervisor, Mode } from '../../fact.ts';
import { Phrases } from '../phrases.ts';

/** Processors by their names, as people and tools write them. */
const CPU_NAMES: readonly RegExp[] = [
  /\b(?:intel(?:\(r\))? )?(?:core(?:\(tm\))? )?ultra (?:[3579] )?(?:pro )?\d{3}[a-z]{0,2}\b/i,
  /\b(?:intel(?:\(r\))? )?(?:core(?:\(tm\))? )?i[3579][- ]?(?:n\d{3}|\d{3,5}[a-z]{0,3}\d?)\b/i,
  /\b(?:intel(?:\(r\))? )?core(?:\(tm\))? (?:[3579] )?(?:n?\d{3}[a-z]{0,2})\b/i,
  /\b(?:intel(?:\(r\))? )?(?:processor |celeron(?:\(r\))? |pentium(?:\(r\))? |atom(?:\(tm\))? )?(?:silver |gold )?(?:n(?:50|95|97|100|150|200|250|305|350|355)|[nj][3-6]\d{3}[a-z]?|g[3-7]\d{3}[a-z]?|x[67]\d{3}[a-z]{1,3}|x5-z\d{4})\b/i,
  /\b(?:intel(?:\(r\))? )?(?:xeon(?:\(r\))? )?(?:e3|e5|e7|e|w|d)-\d{4,5}[a-z]{0,2}(?: ?v\d)?\b/i,
  /\b(?:intel(?:\(r\))? )?xeon(?:\(r\))? (?:gold |silver |bronze |platinum )?\d{4}[a-z]?\b/i,
  /\b(?:intel(?:\(r\))? )?(?:pentium|celeron)(?:\(r\))?(?: gold| silver)? \d{4}[a-z]{0,2}\b/i,
  /\b(?:amd )?(?:ryzen|athlon|epyc|threadripper) [a-z0-9 ]{0,12}\d{3,4}[a-z]{0,3}\b/i,
  /\b(?:1[0-4][1-9]\d{2}|[4-9][1-9]00)(?:k[fs]?|[ft]|h[kx]?|u|p)\b/i,
];

/** A processor's name in a text, as it stands there. */
export function cpuIn(text: string): string | null {
  for (const name of CPU_NAMES) {
    const found = name.exec(text)?.[0];
    if (found !== undefined) return found.trim();
  }
  return null;
}

/** Words that tell the mode only where it was asked for. */
const ASKED = new Phrases<Mode | 'any' | 'no'>({
  whole: 'whole|full|entire|complete|exclusive|legacy|pf|dedicated|raw device|not shared|igd',
  vf: 'split|shared|slice',
  mdev: 'vgpu',
  any: 'pci|yes|hostpci',
  no: 'no|not|without|none',
});
const MODES = new Phrases<Mode | 'any' | 'no'>({
  whole:
    'gvt-d|gvtd|whole igpu|whole gpu|whole device|entire igpu|entire gpu|full igpu|full gpu|full device|full passthrough|full pass-through|full pass through|full igpu passthrough|full gpu passthrough|complete igpu|complete passthrough|dedicated passthrough|legacy mode|legacy igd|legacy-igd|legacy igd passthrough|upt|upt mode|whole card|entire device|single gpu passthrough|vfio passthrough|full vfio|igd passthrough|igd assignment|native passthrough|整个核显|直通|direct passthrough|raw device|vfio-pci whole|universal passthrough|universal passthrough mode|direct assignment|full igd passthrough|whole igd|the whole igpu|pf passthrough',
  vf: 'vf|vfs|sr-iov|sriov|virtual function|virtual functions|sr-iov vf|sriov vf|i915-sriov|i915-sriov-dkms|sr iov|vgpu sr-iov|sr-iov virtual function|one vf|xe sriov',
  mdev: 'gvt-g|gvtg|mdev|mediated device|mediated|intel gvt|kvmgt|mediated passthrough|gvt g|intel gvt-g|i915-gvtg',
  any: 'passthrough|pass-through|pci passthrough|pcie passthrough|pci-e passthrough|gpu passthrough|igpu passthrough|pci pass-through|pci pass through|vfio|vfio-pci|hostpci|pci device passthrough|igpu pass through|gpu pass-through|pass through|passed through|dedicated|pci',
  no: "no|not|without|none|off|disabled|never|instead|kein|ohne|isn't|unused",
});

/** "The entire 0000:00:02.0", "my whole UHD 770": all of it. */
const WHOLE =
  /\b(?:entire|whole|complete|full) (?:[\w-]{1,12} ){0,2}(?:(?:0000:)?00:02\.0|i?gpu|igd|device|card|adapter|graphics|uhd|iris)\b/i;

/** How the device is given, by the words of a text. `sure` unless it only says "passthrough". */
export function modeIn(text: string, asked = false): { readonly mode: Mode; readonly sure: boolean } | null {
  if (/\bi915-gvtg/i.test(text)) return { mode: 'mdev', sure: true };
  if (WHOLE.test(text) && !/\b(?:not|instead of|without)\b/i.test(text)) return { mode: 'whole', sure: true };
  if (/\bvf ?#?[0-7]\b/i.test(text)) return { mode: 'vf', sure: true };
  const meant = text.split(/[,;.()](?=\s|$)|[()]/).flatMap((piece) => {
    const tags = MODES.tags(piece);
    return tags.filter((tag, at) => tag !== 'no' && tags[at - 1] !== 'no' && tags[at + 1] !== 'no');
  });
  for (const mode of ['mdev', 'vf', 'whole'] as const) if (meant.includes(mode)) return { mode, sure: true };
  if (meant.includes('any')) return { mode: 'whole', sure: false };
  const short = asked ? ASKED.tags(text)[0] : undefined;
  if (short === 'whole' || short === 'vf' || short === 'mdev') return { mode: short, sure: true };
  return short === 'any' ? { mode: 'whole', sure: false } : null;
}

const HYPERVISORS = new Phrases<Hypervisor>({
  proxmox: 'proxmox|pve|proxmox ve|proxmox-ve|pve-manager|promox|proxmoxve',
  libvirt:
    'libvirt|virt-manager|virsh|kubevirt|harvester|virt manager|cockpit|gnome boxes|libvirtd|ovirt|incus libvirt|quickemu libvirt',
  unraid: 'unraid|un-raid',
  qemu: 'plain qemu|bare qemu|qemu command line|qemu-system-x86_64|quickemu|incus|lxd|qemu/kvm|kvm/qemu|raw qemu|qemu script|pure qemu|qemu kvm|manual qemu|qemu only',
  other:
    'truenas|truenas scale|esxi|vmware|xcp-ng|xen|hyper-v host|synology vmm|bhyve|crosvm|acrn|virtualbox|openshift|openstack|harvesterhci|xenserver|qnap',
});

/** The hypervisor that a text names first. */
export function hypervisorIn(text: string): Hypervisor | null {
  return HYPERVISORS.tags(text.replace(/(?<=[a-z]{3})\/(?=[a-z-]{4})/gi, ' '))[0] ?? null;
}
