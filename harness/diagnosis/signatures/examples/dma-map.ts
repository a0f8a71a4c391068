import type { Examples } from './of-signature.ts';

/** Lines for the tests of `DMA_MAP`. */
export const DMA_MAP_EXAMPLES: Examples = {
  'dma-map-22': {
    matches: [
      'kvm: vfio_container_dma_map(0x5566aabbccd0, 0x382000000000, 0x10000000, 0x7f0000000000) = -22 (Invalid argument)',
      'kvm: vfio_dma_map(0x5566aabbccd0, 0x8000000000, 0x10000000, 0x7f0000000000) = -22 (Invalid argument)',
      'kvm: VFIO_MAP_DMA: -22',
    ],
    not: [
      'kvm: vfio_dma_map(0x5566aabbccd0, 0x0, 0x80000000, 0x7f0000000000) = -12 (Cannot allocate memory)',
    ],
  },
  'dma-map-12': {
    matches: [
      'kvm: vfio_dma_map(0x5566aabbccd0, 0x0, 0x80000000, 0x7f0000000000) = -12 (Cannot allocate memory)',
      'qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: VFIO_MAP_DMA failed: Cannot allocate memory',
      'vfio_pin_pages_remote: RLIMIT_MEMLOCK (8388608) exceeded',
      "kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory",
    ],
    not: ['kvm: vfio_dma_map(0x5566aabbccd0, 0x0, 0x80000000, 0x7f0000000000) = -14 (Bad address)'],
  },
  'dma-map-28': {
    matches: [
      'kvm: vfio_container_dma_map(0x5566aabbccd0, 0x100000000, 0x1000, 0x7f0000000000) = -28 (No space left on device)',
    ],
    not: [
      'kvm: vfio_dma_map(0x5566aabbccd0, 0x0, 0x80000000, 0x7f0000000000) = -12 (Cannot allocate memory)',
    ],
  },
  p2p: {
    matches: ['kvm: warning: PCI peer-to-peer transactions on BARs are not supported.'],
    not: ['kvm: vfio_container_dma_map(0x1, 0x2, 0x3, 0x4) = -14 (Bad address)'],
  },
  'dma-map-14': {
    matches: [
      'kvm: vfio_container_dma_map(0x5566aabbccd0, 0x384000000000, 0x10000000, 0x7f0000000000) = -14 (Bad address)',
    ],
    not: ['kvm: vfio_dma_map(0x5566aabbccd0, 0x0, 0x80000000, 0x7f0000000000) = -22 (Invalid argument)'],
  },
  'memlock-exceeded': {
    matches: ['vfio_pin_page_external: Task qemu-system-x86 (2818) RLIMIT_MEMLOCK (65536) exceeded'],
    not: ['vfio_pin_pages failed for gfn 0x128239: -12'],
  },
  'aw-bits': {
    matches: ['kvm: vfio 0000:00:02.1: Failed to set vIOMMU: aw-bits 48 > host aw-bits 39'],
    not: ['DMAR: Host address width 39'],
  },
};
