/**
 * What a stretch of an input is. One file may hold several, such as a forum post with a config and a log.
 * The one home of these words: readers, messages and JSON use them.
 */
export const PART_KINDS = {
  'kernel-log': 'kernel log of the host',
  'guest-kernel-log': 'kernel log of the guest',
  'qemu-log': 'output of QEMU or of the VM’s start',
  'proxmox-config': 'Proxmox VM config',
  'libvirt-xml': 'libvirt domain XML',
  'qemu-command-line': 'QEMU command line',
  lspci: 'lspci',
  'pve-versions': 'pveversion',
  'host-file': 'kernel command line or module options of the host',
  'probe-answer': 'answer of the guest’s probe',
  'device-status': 'device status of Windows',
  facts: 'plain facts',
  'rom-digests': 'digests of ROM files',
  rom: 'option ROM',
  unknown: 'not recognised',
} as const;
export type PartKind = keyof typeof PART_KINDS;

export interface NumberedLine {
  /** Counted from 1 in the input. */
  readonly n: number;
  readonly text: string;
}

/** A stretch of one input that is of one kind. */
export interface Part {
  readonly kind: PartKind;
  readonly input: string;
  /** First and last line, counted from 1; both 0 for a ROM. */
  readonly from: number;
  readonly to: number;
  /**
   * Of a log only the lines that hold a word that some signature or reader looks for; of everything else all lines.
   * Bounded. Terminal colours, carriage returns, prompts and quoting marks are gone; a log's prefix is still there.
   */
  readonly lines: readonly NumberedLine[];
  /** Of a log: whose kernel speaks; null where nothing shows it. Left out: as the kind says. */
  readonly voice?: 'host' | 'guest' | null;
  /** The whole file, for a ROM only. */
  readonly bytes: Uint8Array | null;
}
