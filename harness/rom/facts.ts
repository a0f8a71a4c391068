/**
 * What the option-ROM reader says of a file: plain data that can go into a trace (ROM bytes never do).
 * Offsets are byte offsets from the start of the file; lengths are bytes.
 */
export interface RomFacts {
  readonly size: number;
  readonly images: readonly RomImage[];
  readonly findings: readonly RomFinding[];
}

export type RomCodeType = 'pc-at' | 'open-firmware' | 'pa-risc' | 'efi' | 'unknown';

export interface RomImage {
  readonly offset: number;
  readonly length: number;
  readonly codeType: RomCodeType;
  /** PCI ids as four lower-case hex digits. */
  readonly vendor: string;
  readonly device: string;
  /** Six lower-case hex digits: base class, sub class, interface. */
  readonly classCode: string;
  readonly last: boolean;
  /** Whether the bytes of a PC-AT image sum to 0 mod 256; null for other code types, which have no checksum. */
  readonly checksumOk: boolean | null;
  /** Present on EFI images whose header could be read. */
  readonly efi?: {
    readonly subsystem: number;
    readonly machine: number;
    readonly compressed: boolean;
    readonly peOffset: number;
  };
}

export interface RomFinding {
  /** Stable, such as `rom.header-signature`; the table of ids lives with the reader. */
  readonly id: string;
  /** `error`: firmware will not execute it as an option ROM; `warning`: suspicious; `info`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly offset: number;
  readonly text: string;
}
