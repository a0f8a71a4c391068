import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../program.ts';
import type { Volume } from './volume.ts';

const SECTOR = 512;
const BEGINS = 'code43 system ';

/** Writes into the first sector of a disk which system is installed on it. It goes where the disk's contents go. */
export async function writeMark({ path, format }: Volume, system: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mark-'));
  try {
    const file = join(folder, 'sector');
    writeFileSync(file, `${BEGINS}${system}\n`.padEnd(SECTOR, '\0'));
    const { code, stdout, stderr } = await program([
      ...['qemu-io', '-f', format, '-c', `write -s ${file} 0 ${SECTOR}`, path],
    ]);
    if (code !== 0) throw new Error(`cannot write to ${path}: ${stdout}${stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The system on a disk; null where nothing is installed, or the disk cannot be read. */
export async function readMark({ path, format }: Volume): Promise<string | null> {
  const { stdout } = await program(['qemu-io', '-r', '-f', format, '-c', `read -v 0 ${SECTOR}`, path]);
  const bytes = [...stdout.matchAll(/^[0-9a-f]{8}: {2}((?:[0-9a-f]{2} )+)/gm)].map(([, hex = '']) => hex);
  const text = Buffer.from(bytes.join('').replaceAll(' ', ''), 'hex').toString('latin1');
  return /^code43 system ([a-z0-9-]+)\n/.exec(text)?.[1] ?? null;
}
