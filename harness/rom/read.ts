import { hasExecutableEfiImage } from './executes.ts';
import type { RomFacts, RomFinding } from './facts.ts';
import { ROM_FINDINGS, type RomFindingId } from './finding-ids.ts';
import { romView } from './view.ts';
import { walkRom } from './walk.ts';

/** The largest file that is read: no known option ROM comes near it. */
export const MAX_ROM_BYTES = 16 * 1024 * 1024;

/**
 * Reads an option ROM (PCI Firmware Specification 3.x, UEFI Specification "PCI Option ROMs").
 *
 * In: the whole file. Out: its images in order and every malformation as a finding with its offset. Never throws.
 * There is a finding of severity `error` exactly if UEFI firmware would execute no EFI image of it.
 */
export function readRom(bytes: Uint8Array): RomFacts {
  const findings: RomFinding[] = [];
  const found = (id: RomFindingId, offset: number, text: string): void => {
    findings.push({ id, severity: ROM_FINDINGS[id].severity, offset, text });
  };
  if (bytes.length > MAX_ROM_BYTES) {
    found('rom.too-large', MAX_ROM_BYTES, `${bytes.length} bytes; at most ${MAX_ROM_BYTES} are read`);
    return { size: bytes.length, images: [], findings };
  }
  const facts = { size: bytes.length, images: walkRom(romView(bytes), found), findings };
  if (hasExecutableEfiImage(facts)) return { ...facts, findings: findings.map(demoted) };
  if (!findings.some(({ severity }) => severity === 'error'))
    found('rom.no-efi-image', 0, 'UEFI firmware (OVMF) finds nothing to execute in it');
  return facts;
}

function demoted(finding: RomFinding): RomFinding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}
