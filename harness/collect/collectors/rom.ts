import { createHash } from 'node:crypto';
import { compareRomIds } from '../../rom/compare-ids.ts';
import { hasExecutableEfiImage, seabiosImage } from '../../rom/executes.ts';
import { readRom } from '../../rom/read.ts';
import { NotGathered } from '../access.ts';
import type { Ask, Collector, Piece } from '../collector.ts';
import { deviceOf } from '../sysfs-devices.ts';

/** Where Proxmox looks for a `romfile`, and nowhere else. */
const PROXMOX = '/usr/share/kvm';
/** No ROM of an iGPU comes near it. */
const LARGEST = 4 * 1024 * 1024;

/** What is said of a ROM; its bytes never leave the host but for reading them here. */
export const rom: Collector = {
  id: 'rom',
  file: 'rom.txt',
  what: 'digests of the ROM files that the VM names, and what a reader says of them',
  limit: { seconds: 20, bytes: Math.ceil((LARGEST * 4) / 3) + 1024 },
  whenMissing: 'code43 rom says what is inside a ROM file',
  async gather(ask) {
    const paths = pathsIn(ask.earlier('vm-config') ?? '', ask.earlier('qemu-command-line') ?? '');
    if (paths.length === 0) throw new NotGathered('the VM names no ROM file');
    const pieces: Piece[] = [];
    for (const path of paths) pieces.push(await about(ask, path));
    return pieces;
  },
};

/** A config names files, a command line paths. A name that leaves the directory is nobody's ROM. */
function pathsIn(config: string, commandLine: string): readonly string[] {
  const main = config.split(/^\[/m)[0] ?? '';
  const named = [...main.matchAll(/^hostpci\d+:.{0,2000}?[,\s]romfile=([^,;\s]{1,200})/gm)].map(
    ([, name = '']) => name,
  );
  const given = [...commandLine.matchAll(/[,']romfile=(\/[^,'"\s]{1,400})/g)].map(([, path = '']) => path);
  const own = named.filter((name) => !name.includes('/')).map((name) => `${PROXMOX}/${name}`);
  return [...new Set([...own, ...given])].slice(0, 8);
}

async function about(ask: Ask, path: string): Promise<Piece> {
  const how = `code43 rom ${path}`;
  const { out, err, code, cut } = await ask.run('base64', '-w', '0', '--', path);
  if (code !== 0) return { how, cut: false, text: `file: ${path}\nproblem: ${reason(err)}\n` };
  if (cut) return { how, cut: false, text: `file: ${path}\nproblem: larger than ${LARGEST} bytes\n` };
  return { how, cut: false, text: describe(path, Buffer.from(out, 'base64'), ask.earlier('devices')) };
}

function reason(err: string): string {
  return /No such file/.test(err)
    ? 'there is no such file'
    : /denied/.test(err)
      ? 'permission denied'
      : 'cannot be read';
}

function describe(path: string, bytes: Uint8Array, sysfs: string | null): string {
  const facts = readRom(bytes);
  const igpu = sysfs === null ? null : deviceOf(sysfs, null);
  const [vendor = '', device = ''] = igpu?.id.split(':') ?? [];
  const differs = igpu === null ? [] : compareRomIds(facts, { vendor, device });
  return [
    `file: ${path}`,
    `bytes: ${bytes.length}`,
    `sha256: ${createHash('sha256').update(bytes).digest('hex')}`,
    `UEFI firmware executes it: ${hasExecutableEfiImage(facts) ? 'yes' : 'no'}`,
    `SeaBIOS executes it: ${seabiosImage(facts) === null ? 'no' : 'yes'}`,
    ...facts.images.map(
      (image) => `image: ${image.codeType} ${image.vendor}:${image.device} class ${image.classCode}`,
    ),
    ...[...facts.findings, ...differs].map(({ id, severity, text }) => `found: ${severity} ${id} ${text}`),
    '',
  ].join('\n');
}
