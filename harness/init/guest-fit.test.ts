import { expect, test } from 'vitest';
import type { GuestFile } from '../scenario/cell.ts';
import { proposeGuests } from './guest-fit.ts';
import type { SeenVm } from './seen-node.ts';

const guest = (id: string, probe: GuestFile['probe'] = 'windows', image?: string): GuestFile => ({
  ...{ id, name: id, probe, agentDeadline: 600 },
  ...(image === undefined ? {} : { image }),
});
const vm = (vmid: number, ostype: string | null, name = 'a', template = true): SeenVm => ({
  ...{ vmid, name, template, ostype, bios: 'ovmf', machine: 'q35' },
});
const proposed = (vms: readonly SeenVm[], guests: readonly GuestFile[]): object =>
  Object.fromEntries([...proposeGuests(vms, guests)].map(([id, { vmid }]) => [id, vmid]));

const STANDIN = guest('standin-windows', 'windows', 'standin-windows');

test.each([
  ['the only template of that Windows', [vm(9000, 'win11'), vm(9001, 'l26')], { 'win11-iot': 9000 }],
  ['no other Windows', [vm(9000, 'win10')], {}],
  ['none of two', [vm(9000, 'win11'), vm(9001, 'win11')], {}],
  ['a template before a VM', [vm(103, 'win11', 'mine', false), vm(9000, 'win11')], { 'win11-iot': 9000 }],
  ['a VM where there is no template', [vm(103, 'win11', 'mine', false)], { 'win11-iot': 103 }],
  ['nothing of unknown systems', [vm(9000, null), vm(9001, 'other')], {}],
])('proposed is %s', (_, vms, wanted) => {
  expect(proposed(vms, [STANDIN, guest('win11-iot')])).toEqual(wanted);
});

test('one VM is one guest: where two fit, its name decides or nobody does', () => {
  const two = [guest('win11-iot'), guest('win11-pro')];
  expect(proposed([vm(9000, 'win11')], two)).toEqual({});
  expect(proposed([vm(9000, 'win11', 'Win11-Pro-24H2')], two)).toEqual({ 'win11-pro': 9000 });
});

test('a Linux guest is for Linux', () => {
  expect(proposed([vm(9000, 'win11'), vm(9001, 'l26')], [guest('debian', 'linux')])).toEqual({
    debian: 9001,
  });
});
