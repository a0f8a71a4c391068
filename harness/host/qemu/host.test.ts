import { expect, test } from 'vitest';
import { readAnswer } from '../../guest/answers/read-answer.ts';
import type { Observation } from '../../trace/event.ts';
import type { Cell } from '../../scenario/cell.ts';
import { localCell } from '../../test/local-cell.ts';
import { needs, needsGuests } from '../../test/tier.ts';
import { openHost } from '../drivers.ts';
import type { Host } from '../host.ts';

const WANTED = {
  run: 'test',
  console: false,
  signal: new AbortController().signal,
  tell: () => undefined,
};

const vmTest = needs('setpriv', 'qemu-system-x86_64');
const guestTest = await needsGuests('standin-windows', 'linux');
const never = new AbortController().signal;

async function local(options = {}): Promise<Host> {
  const host = await openHost(localCell().host, { connections: new Map(), ...options });
  if (!host) throw new Error('no driver');
  return host;
}

/** Boots a cell and samples after each boot: what the probe said, as problem codes. */
async function codesOf(cell: Cell): Promise<{ codes: unknown[]; seen: Observation[] }> {
  const seen: Observation[] = [];
  await using vm = await (await local()).prepare(cell, (one) => seen.push(one), WANTED);
  for (const kind of cell.boots) {
    await vm.boot(kind, never);
    await vm.reachAgent(cell.guest.agentDeadline, never);
    await vm.sample('nonce1234', 60, never);
  }
  const codes = seen.flatMap((one): unknown[] => {
    if (one.ch !== 'agent' || one.kind !== 'probe') return [];
    const reading = readAnswer(cell.guest.probe, one.out, 'nonce1234');
    return 'refused' in reading ? [reading] : reading.devices.map((device) => device.problemCode);
  });
  return { codes, seen };
}

guestTest(
  'side by side, the stand-in is healthy with a good ROM and has problem code 43 without one',
  async () => {
    const [good, none] = await Promise.all([
      codesOf(localCell({ recipe: 'good', boots: ['start', 'reset'] })),
      codesOf(localCell({ boots: ['start'] })),
    ]);
    expect(good.codes).toEqual([0, 0]);
    expect(none.codes).toEqual([43]);
    expect(good.seen).toContainEqual({ ch: 'agent', kind: 'up' });
  },
);

guestTest('a Linux guest answers, and restarts itself when asked to', async () => {
  const { codes, seen } = await codesOf(localCell({ image: 'linux', boots: ['start', 'reboot'] }));
  expect(codes).toHaveLength(2);
  const resets = seen.flatMap((one) => (one.ch === 'qmp' && one.kind === 'event' && one.event === 'RESET' ? [one.data] : [])); // prettier-ignore
  expect(resets[0]).toMatchObject({ guest: true });
  expect(seen.filter((one) => one.ch === 'exec' && one.kind === 'spawn')).toHaveLength(1);
  // Its clock is noted in each boot; QEMU gives it our time at its start, in whole seconds.
  const clocks = seen.filter((one) => one.ch === 'note' && one.kind === 'clock');
  expect(clocks).toHaveLength(2);
  for (const { of, offset } of clocks) expect([of, Math.abs(offset) < 60]).toEqual(['guest', true]);
});

guestTest('a cell that fits has nothing unmet, and its header tells what would run it', async () => {
  const host = await local();
  const cell = localCell({ recipe: 'good' });
  expect(await host.unmet(cell)).toEqual([]);
  const header = await host.describe(cell);
  expect(header.host).toMatchObject({ platform: 'qemu', passthrough: 'emulated' });
  expect(header.host.facts['qemu']).toMatch(/^\d+\.\d+\.\d+/);
  expect(header.host.facts['accelerator']).toMatch(/^(kvm|tcg)$/);
  expect(header.rom).toMatchObject({
    ref: 'test/good',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

vmTest('a machine type that this QEMU lacks is said, and that +pve exists only at Proxmox', async () => {
  const config = 'machine: pc-q35-99.0+pve1\nhostpci0: 0000:00:02.0,pcie=1\n';
  const unmet = await (await local()).unmet(localCell({ config }));
  expect(unmet.join('\n')).toMatch(/no machine type pc-q35-99\.0\+pve1.*only in Proxmox's QEMU/);
});

vmTest('a CPU model that this QEMU lacks is said', async () => {
  const config = 'cpu: Pentium99\nhostpci0: 0000:00:02.0\n';
  expect((await (await local()).unmet(localCell({ config }))).join('\n')).toMatch(/Pentium99/);
});

vmTest('a missing guest image names the command that builds it', async () => {
  const host = await local({ cacheDir: '/nonexistent/cache' });
  const cell = localCell();
  expect(await host.unmet(cell)).toEqual(['guest image standin-windows is not built: run `npm run setup`']);
  await expect(host.prepare(cell, () => undefined, WANTED)).rejects.toThrow('is not built');
});

test('without QEMU the host says what to run, and still describes and previews', async () => {
  const host = await local({ env: { PATH: '/nonexistent' } });
  const cell = localCell({ recipe: 'good' });
  expect((await host.unmet(cell))[0]).toBe('there is no qemu-system-x86_64 on PATH: run `npm run setup`');
  expect((await host.describe(cell)).host.facts['qemu']).toBeUndefined();
  expect((await host.preview(cell)).command[0]).toMatch(/^qemu-system-x86_64 .*romfile=\S+\.rom/);
});

test('what the policy refuses is unmet and is never prepared', async () => {
  const host = await local();
  const cell = localCell({ config: 'hostpci0: 0000:00:02.0\nargs: -incoming exec:id\n' });
  expect((await host.unmet(cell)).join('\n')).toContain('-incoming');
  await expect(host.prepare(cell, () => undefined, WANTED)).rejects.toMatchObject({ name: 'UnfitCell' });
});

test('a preview shows one command for each start and what of the config has no effect', async () => {
  const config = 'cpu: host,reported-model=max\nhostpci0: 0000:00:02.0,x-vga=1\n';
  const { command, notHonoured } = await (await local()).preview(localCell({ config, boots: ['start', 'reset', 'start'] })); // prettier-ignore
  expect(command).toHaveLength(2);
  expect(notHonoured).toEqual(expect.arrayContaining(['cpu.reported-model', 'hostpci0.x-vga']));
});

test('a platform without a driver has no host', async () => {
  expect(await openHost({ ...localCell().host, platform: 'proxmox' }, { connections: new Map() })).toBeNull();
});
