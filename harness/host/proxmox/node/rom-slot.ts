import type { RomFile } from '../../rom-file.ts';
import type { RunMark } from '../life/run-mark.ts';
import type { Machine } from '../../../wire/machine/machine.ts';

/** Where Proxmox VE looks for `romfile=`: qemu-server 9.2.6, PVE/QemuServer/PCI.pm. */
export const ROM_DIRECTORY = '/usr/share/kvm';
const STEP = { seconds: 60 };

/** The ROM under test could not be put where QEMU finds it, byte for byte. */
export class RomNotPlaced extends Error {
  override readonly name = 'RomNotPlaced';
}

/** The file name of a run's ROM on a node: ours by its beginning, and named by the run and by what is in it. */
export function slotName(mark: RunMark, sha256: string): string {
  if (!/^[0-9a-f]{8} [0-9a-f]{64}$/.test(`${mark} ${sha256}`))
    throw new RangeError(`no slot: ${mark.slice(0, 20)} ${sha256.slice(0, 80)}`);
  return `code43-${mark}-${sha256.slice(0, 12)}.rom`;
}

/**
 * Writes the ROM under its slot's name and reads its digest back from the node. What is half-written never has the
 * slot's name.
 *
 * @param name by `slotName`
 * @throws RomNotPlaced; what `Machine.run` throws
 */
export async function placeInSlot(
  node: Machine,
  name: string,
  rom: Pick<RomFile, 'sha256'> & { readonly bytes: Uint8Array },
): Promise<void> {
  const path = `${ROM_DIRECTORY}/${name}`;
  const partial = `${ROM_DIRECTORY}/.${name}.partial`;
  await step(node, ['dd', `of=${partial}`, 'bs=1M', 'conv=fsync', 'status=none'], path, rom.bytes);
  const written = await digestOn(node, partial);
  if (written !== rom.sha256) {
    await node.run(['rm', '-f', '--', partial], STEP);
    throw new RomNotPlaced(
      `${path} on ${node.name}: ${written ?? 'nothing'} was written instead of ${rom.sha256}`,
    );
  }
  await step(node, ['mv', '-f', '--', partial, path], path);
}

/**
 * Looks whether a slot that was filled still holds what it should.
 *
 * @throws RomNotPlaced; what `Machine.run` throws
 */
export async function checkSlot(node: Machine, name: string, sha256: string): Promise<void> {
  const path = `${ROM_DIRECTORY}/${name}`;
  const found = await digestOn(node, path);
  if (found !== sha256)
    throw new RomNotPlaced(`${path} on ${node.name}: ${found ?? 'nothing'} is there instead of ${sha256}`);
}

/** Takes a slot away, half-written or whole. One that is gone is well. @throws what `Machine.run` throws */
export async function removeSlot(node: Machine, name: string): Promise<void> {
  const paths = [`${ROM_DIRECTORY}/${name}`, `${ROM_DIRECTORY}/.${name}.partial`];
  await step(node, ['rm', '-f', '--', ...paths], paths.join(' '));
}

async function step(node: Machine, argv: readonly string[], path: string, input?: Uint8Array): Promise<void> {
  const { code, stderr } = await node.run(argv, { ...STEP, ...(input === undefined ? {} : { input }) });
  if (code !== 0)
    throw new RomNotPlaced(
      `${path} on ${node.name}: ${argv[0] ?? ''} said ${stderr.trim().slice(0, 300) || `exit code ${code}`}`,
    );
}

async function digestOn(node: Machine, path: string): Promise<string | null> {
  const { stdout, code } = await node.run(['sha256sum', '--', path], STEP);
  return code === 0 ? (/^([0-9a-f]{64}) /.exec(stdout)?.[1] ?? null) : null;
}
