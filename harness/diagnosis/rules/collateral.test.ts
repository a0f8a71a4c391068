import { expect, it } from 'vitest';
import { found } from '../fixtures/found.ts';
import { vmOf, deviceOf } from '../fixtures/case.ts';
import { CONFIG_BALLOONING } from './config-ballooning.ts';
import { hostTold } from './host-told.ts';

const OOM = 'Out of memory: Killed process 4812 (kvm) total-vm:13721044kB, anon-rss:12190332kB';
const DOWN = 'igc 0000:03:00.0 enp3s0: NIC Link is Down';
const TAKEN = 'vfio-pci 0000:03:00.0: enabling device (0000 -> 0003)';

it('is the cause that a network card went to vfio-pci, and not that the host hangs', () => {
  expect(found(hostTold, { facts: { symptom: 'host-freezes' }, lines: [DOWN, TAKEN] })).toEqual([
    'host.collateral-device cause certain',
  ]);
});

it.each([
  ['the card only lost its link', [DOWN]],
  ['another device is switched on', [DOWN, TAKEN.replace('03:00.0', '00:02.0')]],
])('is none where %s', (_why, lines) => {
  expect(found(hostTold, { facts: { symptom: 'host-freezes' }, lines })).toEqual([]);
});

it('is no cause where the kernel faulted', () => {
  const lines = ['BUG: kernel NULL pointer dereference, address: 0000000000000088'];
  expect(found(hostTold, { facts: { symptom: ['host-freezes', 'device-lost'] }, lines })).toEqual([
    'host.collateral-device contributing likely',
  ]);
});

it('blames ballooning where the host ran out of memory, and else only mentions it', () => {
  const vms = [vmOf({ ballooning: true, devices: [deviceOf()] })];
  expect(found(CONFIG_BALLOONING, { vms, lines: [OOM] })).toEqual(['config.ballooning cause likely']);
  expect(found(CONFIG_BALLOONING, { vms })).toEqual(['config.ballooning info certain']);
  expect(found(CONFIG_BALLOONING, { vms, lines: [OOM], facts: { outcome: 'works' } })).toEqual([
    'config.ballooning info certain',
  ]);
});
