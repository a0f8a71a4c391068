import type { Case } from '../case.ts';
import type { Signal, Signature } from '../signature.ts';
import { concerns } from '../subject/passed.ts';
import { fails, works } from '../subject/trouble.ts';
import { fix, inVm, onHost } from './fix.ts';
import { breakage, certain, refusal } from './severity.ts';

/** Client processors have an IOMMU of 39 bits, unless something says another width. */
const CLIENT_WIDTH = 39;

/** Bits of the IOMMU, and whether that is known or only what client processors have. */
export function iommuWidth(of: Case): { readonly bits: number; readonly known: boolean } {
  // Units differ; which one is the device's is not said, and the narrowest is enough for each.
  const machine = of.facts.of('iommuWidth').filter(({ by }) => by === 'machine');
  const stated =
    machine.length > 0 ? Math.min(...machine.map(({ value }) => value)) : of.facts.get('iommuWidth');
  const logged = Number(of.signals.of('dmar-host-width')[0]?.captures['bits']);
  const bits = stated ?? (Number.isNaN(logged) ? null : logged);
  return { bits: bits ?? CLIENT_WIDTH, known: bits !== null };
}

/** Whether the range that a `dma-map-22` line names ends above what the IOMMU can address. */
export function beyondWidth(signal: Signal, of: Case): boolean {
  const { iova, size } = signal.captures;
  if (iova === undefined || size === undefined) return false;
  return (
    BigInt(iova) + BigInt(size) > 1n << BigInt(Math.min(64, Math.max(0, Math.trunc(iommuWidth(of).bits))))
  );
}

/** QEMU: mapping the guest’s memory for the device. */
export const DMA_MAP: readonly Signature[] = [
  {
    id: 'dma-map-22',
    emitters: ['qemu'],
    literals: ['(Invalid argument)', 'VFIO_MAP_DMA: -22', 'VFIO_MAP_DMA failed: Invalid argument'],
    pattern:
      /\bvfio_(?:container_)?dma_map\((?:0x)?[0-9a-f]{1,16}, (?<iova>0x[0-9a-f]{1,16}), (?<size>0x[0-9a-f]{1,16}), [^)]{1,40}\) = -22 \(Invalid argument\)|VFIO_MAP_DMA(?:: -22| failed: Invalid argument)/,
    means:
      'An address in the guest could not be mapped. Where it lies above what the IOMMU can address, the guest’s firmware put memory of a device too high; below that this is not the reason. Since QEMU 10.0 only a warning for memory of devices.',
    source: 'hw/vfio/container.c; QEMU’s docs on phys-bits',
    finding: {
      id: 'host.address-width',
      title: 'The guest’s firmware uses addresses that the host’s IOMMU does not reach',
      severity: (signals, of) => {
        if (!signals.some((signal) => beyondWidth(signal, of) && concerns(of, signal, 'start'))) return null;
        if (works(of)) return 'info';
        return fails(of) || signals.some(({ message }) => FATAL.test(message)) ? 'cause' : 'warning';
      },
      confidence: (_, of) => (iommuWidth(of).known ? 'likely' : 'possible'),
      fix: (_, of) => {
        const { bits, known } = iommuWidth(of);
        return {
          why: `Tell the guest how wide addresses may be: ${bits} bits${known ? '' : ', which is what client processors have; sysfs says it for yours'}.`,
          source: 'QEMU’s docs; user logs',
          vm: [{ edit: 'phys-bits-limit', bits }],
          steps: [],
        };
      },
      collect: ['cat /sys/class/iommu/dmar*/intel-iommu/cap: bits 16 to 21, plus 1, are the width'],
    },
  },
  {
    id: 'dma-map-12',
    emitters: ['qemu', 'host-kernel'],
    literals: ['Cannot allocate memory', 'VFIO_MAP_DMA: -12', 'RLIMIT_MEMLOCK'],
    pattern:
      /\bvfio_(?:container_)?dma_map\([^)]{1,120}\) = -12 \(Cannot allocate memory\)|VFIO_MAP_DMA(?:: -12| failed: Cannot allocate memory)|vfio_pin_pages_remote: RLIMIT_MEMLOCK \((?<limit>\d{1,20})\) exceeded|cannot set up guest memory '[^']{1,40}': Cannot allocate memory/,
    means: 'The guest’s memory could not be locked: a limit on locked memory, or the host has not enough.',
    source: 'hw/vfio/container.c; drivers/vfio/vfio_iommu_type1.c, vfio_pin_pages_remote()',
    finding: {
      id: 'host.memlock',
      title: 'The host cannot lock all memory of the VM, as passthrough needs',
      severity: refusal,
      fix: fix(
        'A passed device may use any memory of the VM, so all of it is locked.',
        'drivers/vfio/vfio_iommu_type1.c',
        onHost(
          'Raise the limit: LimitMEMLOCK=infinity for the service, or memlock unlimited in /etc/security/limits.conf',
        ),
        inVm('Give the VM less memory than the host has free'),
      ),
    },
  },
  {
    id: 'dma-map-28',
    emitters: ['qemu'],
    literals: ['(No space left on device)', 'VFIO_MAP_DMA failed: No space'],
    pattern:
      /\bvfio_(?:container_)?dma_map\([^)]{1,120}\) = -28 \(No space left on device\)|VFIO_MAP_DMA failed: No space left/,
    means: 'The VM needs more separate mappings than vfio allows.',
    source: 'drivers/vfio/vfio_iommu_type1.c, dma_entry_limit',
    finding: {
      id: 'host.memlock',
      title: 'The VM needs more memory mappings than vfio allows',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Raise the limit.',
        'drivers/vfio/vfio_iommu_type1.c',
        onHost(
          "echo 'options vfio_iommu_type1 dma_entry_limit=1048576' > /etc/modprobe.d/vfio-limit.conf && update-initramfs -u",
        ),
      ),
    },
  },
  {
    id: 'p2p',
    emitters: ['qemu'],
    literals: ['peer-to-peer transactions on BARs'],
    pattern: /PCI peer-to-peer transactions on BARs are not supported/,
    means: 'Devices of this VM cannot reach each other’s memory. A warning that nearly every such VM brings.',
    source: 'hw/vfio/listener.c, since 10.0',
    finding: null,
  },
  {
    id: 'dma-map-14',
    emitters: ['qemu'],
    literals: ['(Bad address)'],
    pattern: /\bvfio_(?:container_)?dma_map\([^)]{1,120}\) = -14 \(Bad address\)/,
    means:
      'Memory of one device could not be mapped for another. The VM goes on unless the start ends with this line.',
    source: 'hw/vfio/listener.c',
    finding: null,
  },
  {
    id: 'memlock-exceeded',
    emitters: ['host-kernel'],
    literals: ['RLIMIT_MEMLOCK'],
    pattern: /RLIMIT_MEMLOCK \((?<limit>\d{1,20})\) exceeded/,
    means: 'The process of the VM may not lock as much memory as the device needs to reach.',
    source: 'drivers/vfio/vfio_iommu_type1.c, vfio_pin_page_external() and vfio_lock_acct()',
    finding: {
      id: 'host.memlock',
      title: 'The VM may not lock its memory',
      severity: breakage,
      confidence: certain,
      fix: fix(
        'A device reaches all of the guest’s memory, so all of it is locked.',
        'drivers/vfio/vfio_iommu_type1.c',
        onHost(
          'raise memlock for the user that runs QEMU: /etc/security/limits.conf, or LimitMEMLOCK= of the service',
        ),
      ),
    },
  },
  {
    id: 'aw-bits',
    emitters: ['qemu'],
    literals: ['host aw-bits'],
    pattern: /aw-bits (?<guest>\d{1,3}) > host aw-bits (?<host>\d{1,3})/,
    means: 'The emulated IOMMU of the VM has wider addresses than the IOMMU of the host.',
    source: 'QEMU hw/i386/intel_iommu.c, vtd_check_hiod()',
    finding: {
      id: 'host.address-width',
      title: 'The VM’s IOMMU is wider than the host’s',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The emulated IOMMU must not promise more than the host has.',
        'QEMU hw/i386/intel_iommu.c',
        inVm('-device intel-iommu,aw-bits=39 (the number in the message), or no emulated IOMMU at all'),
      ),
    },
  },
];

const FATAL = /memory listener initialization failed|hardware error/;
