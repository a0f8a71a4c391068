import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { type Boot, say } from '../log/journal.ts';
import { LAB } from '../places.ts';

/** What a kernel says of an iGPU while it starts, on a machine with an IOMMU (after a reported log of an Intel N100). */
const FIRST_WORDS: readonly (readonly [priority: number, message: string])[] = [
  [5, `Linux version ${release()} (code43 stand-in node, no hardware)`],
  [
    6,
    'Command line: BOOT_IMAGE=/boot/vmlinuz-pve root=/dev/mapper/pve-root ro quiet intel_iommu=on iommu=pt',
  ],
  [6, 'DMAR: IOMMU enabled'],
  [6, 'iommu: Default domain type: Translated'],
  [6, 'pci 0000:00:02.0: Adding to iommu group 0'],
  [6, 'VFIO - User Level meta-driver version: 0.3'],
];

/** The node starts, for the first time or again: a new boot id, nothing below /run, the kernel's first words. */
export function powerOn(): void {
  for (const folder of ['/run', '/tmp'])
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync('/run/sshd', { mode: 0o755 });
  mkdirSync('/run/lock');
  const boot: Boot = { id: randomUUID(), began: Date.now() * 1000 };
  writeFileSync(LAB.boot, JSON.stringify(boot));
  // Under the kernel's own file since the node was made: it must stay the same file.
  writeFileSync('/lab/proc/sys/kernel/random/boot_id', `${boot.id}\n`);
  for (const [priority, message] of FIRST_WORDS) say(message, { priority });
}
