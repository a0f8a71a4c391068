import { expect, test } from 'vitest';
import { hostFacts } from '../../init/host-file.ts';
import type { SeenNode, SeenVm } from '../../init/seen-node.ts';
import type { Connection } from '../../scenario/connection.ts';
import { loadLibrary, type Library } from '../../scenario/library.ts';
import { scenarioTree } from '../../scenario/scenario-tree.ts';
import { SourceFiles } from '../../scenario/source-files.ts';
import { UsageError } from '../usage-error.ts';
import { cloneRange } from './clone-range.ts';
import { guestVms } from './guest-vms.ts';
import { hostName } from './host-name.ts';
import { nodeReach } from './node-reach.ts';

const vm = (vmid: number, ostype: string, template = true): SeenVm => ({
  ...{ vmid, name: `vm${vmid}`, template, ostype, bios: 'ovmf', machine: 'q35' },
});
const IGPU: SeenNode['igpus'][0] = {
  ...{ address: '0000:00:02.0', id: '8086:46d1', deviceClass: '030000', driver: 'i915', iommuGroup: 0 },
  ...{
    bootVga: true,
    powerState: 'D0',
    resetMethods: [],
    totalVfs: null,
    vfs: null,
    physical: null,
    ranges: [],
  },
};
const SEEN: SeenNode = {
  ...{ pve: '9.2.11', kernel: null, qemu: '10.1.2', cpu: 'Intel N100', board: 'CW-AL-4L', igpus: [IGPU] },
  vms: [vm(103, 'win10', false), vm(9000, 'win11'), vm(9001, 'l26')],
  taken: [100, 103, 9000, 9001],
};

async function library(owner: Readonly<Record<string, Partial<Connection>>> = {}): Promise<Library> {
  const loaded = await loadLibrary(new SourceFiles(await scenarioTree({})));
  const rest = { vmids: { from: 9100, to: 9199 }, guests: {}, reboot: false, power: null };
  const owners = Object.entries(owner).map(
    ([host, said]) => [host, { args: [], connection: { reach: 'here' as const, ...rest, ...said } }] as const,
  );
  return { ...loaded, owners: new Map(owners) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((failed: unknown) => failed);
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

test.each([
  ['win11-iot=100', '`qm set 100 --tags code43`'],
  ['win11-iot=8000', 'the node has no VM 8000'],
  ['win11-iott=9000', 'did you mean "win11-iot"?'],
  ['9000', 'expected <guest>=<vmid>'],
  ['win11-iot=9000x', 'expected <guest>=<vmid>'],
])('--guest %s is refused', async (word, why) => {
  const known = { seen: SEEN, library: await library(), inForce: null };
  expect(await refusal(guestVms([word], known, null))).toContain(why);
});

const numbers = (guests: ReadonlyMap<string, SeenVm>): object =>
  Object.fromEntries([...guests].map(([guest, { vmid }]) => [guest, vmid]));

test('guests are those that are said and those of before; without either what alone is possible', async () => {
  const lib = await library();
  const connection = { reach: 'here', vmids: { from: 9100, to: 9199 }, reboot: false, power: null } as const;
  const inForce = {
    ...connection,
    guests: { linux: { template: 9001, clone: 'linked' }, gone: { vm: 8000 } },
  } as const;
  const known = { seen: SEEN, library: lib, inForce };
  expect(numbers(await guestVms([], known, null))).toEqual({ linux: 9001 });
  const said = await guestVms(['win11-iot=103'], known, null);
  expect(numbers(said)).toEqual({ linux: 9001, 'win11-iot': 103 });
  expect(numbers(await guestVms([], { ...known, inForce: null }, null))).toEqual({ 'win11-iot': 9000 });
});

test('where nothing alone is possible the choices are listed, and the option that says it', async () => {
  const seen = { ...SEEN, vms: [vm(9000, 'win11'), vm(9002, 'win11')] };
  const said = await refusal(guestVms([], { seen, library: await library(), inForce: null }, null));
  expect(said).toMatch(
    /say it with --guest <guest>=<vmid>\n.*\n {2}9000 {2}template {2}vm9000 {2}win11, ovmf, q35\n/,
  );
});

test('numbers for clones are said, kept, or free', async () => {
  const { taken } = SEEN;
  const inForce = { from: 8000, to: 9500 };
  expect(await cloneRange(undefined, { inForce: null, taken }, null)).toEqual({ from: 9100, to: 9199 });
  expect(await cloneRange(undefined, { inForce, taken }, null)).toEqual(inForce);
  expect(await cloneRange('200-299', { inForce, taken }, null)).toEqual({ from: 200, to: 299 });
  expect(await refusal(cloneRange('9000-9100', { inForce: null, taken }, null))).toContain(
    '9000, 9001 are taken',
  );
  // They may be clones that are there now.
  expect(await cloneRange('9000-9100', { inForce, taken }, null)).toEqual({ from: 9000, to: 9100 });
  for (const wrong of ['9000', '9000-100', '10-99', '1-9999999999', 'x-y'])
    expect(await refusal(cloneRange(wrong, { inForce: null, taken }, null))).toContain(
      'expected two numbers',
    );
});

const facts = hostFacts(IGPU, 'Intel N100');

test('a name is said, that of the way there, or free', async () => {
  const chosen = async (said: string | undefined, owner: Parameters<typeof library>[0] = {}) =>
    hostName(said, { reach: 'here', seen: SEEN, facts, library: await library(owner) }, null);
  expect(await chosen(undefined)).toEqual({ name: 'n100', why: 'proposed' });
  expect(await chosen(undefined, { cellar: {} })).toEqual({ name: 'cellar', why: 'known' });
  expect(await chosen(undefined, { n100: { reach: { ssh: 'x' } } })).toEqual({
    name: 'n100-cw-al-4l',
    why: 'proposed',
  });
  expect(await chosen('attic')).toEqual({ name: 'attic', why: 'said' });
  expect(await refusal(chosen(undefined, { a: {}, b: {} }))).toContain('say which with --name (a, b)');
  expect(await refusal(chosen('Attic'))).toContain('expected small letters');
  expect(await refusal(chosen('guests'))).toContain('none of hosts, guests');
  expect(await refusal(chosen('local'))).toContain('a host of platform qemu');
});

test('a host with another iGPU does not take the name of one that is there', async () => {
  const other = hostFacts({ ...IGPU, id: '8086:46d2' }, 'Intel N100');
  const asked = { reach: 'here', seen: SEEN, facts: other, library: await library() } as const;
  expect((await hostName(undefined, asked, null)).name).toBe('n100-cw-al-4l');
});

test('the way to the node is said, or known by the name; the API is none', async () => {
  const { owners } = await library({
    cellar: { reach: { ssh: 'root@cellar' } },
    cloud: { reach: { api: 'https://pve:8006', node: 'pve', tokenFile: '/t' } },
  });
  expect(await nodeReach({ host: 'here' }, owners, null)).toBe('here');
  expect(await nodeReach({ host: 'root@pve', name: 'cellar' }, owners, null)).toEqual({ ssh: 'root@pve' });
  expect(await nodeReach({ name: 'cellar' }, owners, null)).toEqual({ ssh: 'root@cellar' });
  expect(await refusal(nodeReach({ name: 'cloud' }, owners, null))).toContain('by its API');
  expect(await refusal(nodeReach({ host: '-oProxyCommand=x' }, owners, null))).toContain(
    'a name that ssh takes',
  );
});
