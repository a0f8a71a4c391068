import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { findImage } from '../../guest/image/image.ts';
import type { Cell } from '../../scenario/cell.ts';
import { loadCells } from '../../scenario/load.ts';
import { localCell } from '../../test/local-cell.ts';
import { needsGuests, skips, type Tier } from '../../test/tier.ts';
import { findProgram } from '../../wire/program.ts';
import { bootArguments } from './boot-arguments.ts';
import { commandFor } from './cell-command.ts';
import { findFirmware } from './firmware-files.ts';
import { RunningQemu } from './running-qemu.ts';
import { VmParts } from './vm-parts.ts';

const vmTest = await needsGuests('linux');
const whole = findFirmware('OVMF_CODE_4M.fd') !== null && findProgram('swtpm') !== null;
const wholeTest: Tier = whole ? vmTest : skips('needs OVMF and swtpm (not installed)');

const LOOK = `cat /proc/cpuinfo /proc/meminfo; dmesg; ls /sys/devices/system/node /sys/class/tpm
cat /sys/class/tpm/tpm0/tpm_version_major /sys/class/dmi/id/product_uuid
for d in /sys/bus/pci/devices/*; do echo "pci $(basename $d) $(cat $d/vendor $d/device | tr '\\n' ' ')"; done`;

/** Boots a cell and brings back what the guest and QEMU then say. */
async function look(cell: Cell) {
  const image = await findImage('linux');
  if (image === null) throw new Error('no image');
  await using parts = new VmParts(commandFor(cell, { accelerator: 'tcg', romPath: null }));
  const command = commandFor(cell, { accelerator: 'tcg', romPath: null, paths: parts.paths });
  const argv = ['qemu-system-x86_64', ...command.argv, ...bootArguments(image, command)];
  const stderr: string[] = [];
  const record = (one: object): void => {
    if ('kind' in one && one.kind === 'stderr' && 'line' in one) stderr.push(String(one.line));
  };
  const qemu = await RunningQemu.start(argv, record, undefined, await parts.beforeStart(record));
  try {
    await qemu.agent.sync({ seconds: 110 });
    const { out } = await qemu.agent.exec('/bin/sh', ['-c', LOOK], { seconds: 30 });
    const ask = (what: string, args = {}) => qemu.qmp.execute(what, args, { seconds: 10 });
    const block = (await ask('query-block')) as {
      qdev: string;
      inserted?: { image: { 'virtual-size': number } };
    }[];
    const balloon = '/machine/peripheral/balloon0';
    await ask('qom-set', { path: balloon, property: 'guest-stats-polling-interval', value: 1 });
    const statsAt = async () => (await ask('qom-get', { path: balloon, property: 'guest-stats' })) as { 'last-update': number; stats: Record<string, number> }; // prettier-ignore
    await expect.poll(async () => (await statsAt())['last-update'], { timeout: 15_000 }).toBeGreaterThan(0);
    return {
      out,
      stderr,
      sizes: Object.fromEntries(
        block.map(({ qdev, inserted }) => [qdev, inserted?.image['virtual-size'] ?? null]),
      ),
      memory: (await statsAt()).stats['stat-total-memory'] ?? 0,
      tpm: await ask('query-tpm'),
      vars: parts.paths.has('efidisk0') ? readFileSync(parts.paths.get('efidisk0') ?? '') : null,
    };
  } finally {
    await qemu.stop();
  }
}

wholeTest('UEFI with Secure Boot and a TPM, as the guest and QEMU see it', async () => {
  const { cells, problems } = await loadCells('.', ['machines/q35']);
  expect(problems).toEqual([]);
  const [cell] = cells;
  if (cell === undefined) throw new Error('no cell');
  const { out, sizes, memory, tpm, vars } = await look(cell);
  expect(out).toMatch(/secureboot: Secure boot enabled/);
  expect(out).toMatch(/efi: EFI v2/);
  expect(out).toMatch(/^tpm0$/m);
  expect(out).toMatch(/^flags\s*:(?=.* aes)(?!.* pcid).*$/m);
  expect(out).toMatch(/^node0$/m);
  // Display, stand-in, SCSI on its own bridge, network, random numbers, memory.
  for (const id of ['0000:00:01.0 0x1234 0x1111', '0000:00:02.0 0x1234 0x1111'])
    expect(out).toContain(`pci ${id}`);
  for (const [slot, id] of [
    ['01', '0x1004'],
    ['12', '0x1000'],
    ['1d', '0x1005'],
    ['03', '0x1002'],
  ])
    // prettier-ignore
    expect(out).toMatch(new RegExp(`pci 0000:[0-9a-f]{2}:${slot}\\.0 0x1af4 ${id}`));
  expect(sizes).toMatchObject({ scsi0: 32 * 2 ** 30 });
  expect(tpm).toMatchObject([{ model: 'tpm-tis' }]);
  expect(memory).toBeGreaterThan(256 * 2 ** 20);
  // The firmware wrote to its variables, so the next start finds them changed.
  expect(vars?.equals(readFileSync(findFirmware('OVMF_VARS_4M.ms.fd') ?? ''))).toBe(false);
});

vmTest('SeaBIOS with old disks and an agent at a serial port, as the guest and QEMU see it', async () => {
  const uuid = '3dd750ce-d910-44d0-9493-525c0be4e687';
  const cell = localCell({
    image: 'linux',
    config:
      'machine: pc\nmemory: 512\ncores: 2\nsockets: 2\nnuma: 1\nvga: none\nagent: 1,type=isa\nhostpci0: 0000:00:02.0\n' +
      'args: -set device.hostpci0.addr=0x02.0\n',
    guestConfig:
      `serial0: socket\nide0: local:4\nide2: none,media=cdrom\nsata0: local:1\nvirtio0: local:8\nsmbios1: uuid=${uuid}\n` +
      'net0: e1000=BC:24:11:00:00:02\nscsi0: local:2\nscsihw: pvscsi\n',
  });
  const { out, sizes, stderr } = await look(cell);
  expect(out.match(/^processor\s/gm)).toHaveLength(4);
  expect(out).toMatch(/^node0\s+node1|^node0$[^]*^node1$/m);
  expect(out.toLowerCase()).toContain(uuid);
  const places = ['02.0 0x1234 0x1111', '03.0 0x1af4 0x1002', '05.0 0x15ad 0x07c0', '07.0 0x8086 0x2922', '0a.0 0x1af4 0x1001', '12.0 0x8086 0x100e']; // prettier-ignore
  for (const place of places) expect(out).toContain(`pci 0000:00:${place}`);
  const G = 2 ** 30;
  expect(sizes).toMatchObject({ ide0: 4 * G, ide2: null, sata0: G, scsi0: 2 * G });
  expect(Object.entries(sizes).find(([id]) => id.includes('virtio0'))?.[1]).toBe(8 * G);
  expect(stderr).toEqual([]);
});
