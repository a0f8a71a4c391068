import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch, quoteOf } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { CONFIG_TOLD } from './config-told.ts';

describe('what is told of a VM', () => {
  it('is the whole slot where a virtual function was meant', () => {
    const facts = { sign: 'all-functions', mode: 'vf', symptom: 'vm-does-not-start' } as const;
    expect(found(CONFIG_TOLD, { facts })).toEqual(['config.passes-whole-device cause likely']);
    expect(found(CONFIG_TOLD, { facts: { ...facts, mode: 'whole' } })).toEqual([]);
  });

  it('is a slot that another device has', () => {
    const facts = { sign: 'slot-taken', outcome: 'fails' } as const;
    expect(found(CONFIG_TOLD, { facts })).toEqual(['config.slot-busy cause likely']);
    expect(found(CONFIG_TOLD, { facts: { ...facts, outcome: 'works' } })).toEqual([]);
    expect(found(CONFIG_TOLD, { facts: { ...facts, device: '10de:2204' } })).toEqual([]);
  });

  it('is ballooning only where memory lacks, and then no failure of the graphics', () => {
    expect(found(CONFIG_TOLD, { facts: { sign: 'ballooning', symptom: 'less-memory' } })).toEqual([
      'config.ballooning contributing likely',
    ]);
    expect(found(CONFIG_TOLD, { facts: { symptom: 'less-memory' }, vms: [{ ballooning: true }] })).toEqual(
      [],
    );
    expect(found(CONFIG_TOLD, { facts: { sign: 'ballooning', symptom: 'code-43' } })).toEqual([]);
  });

  it('is an OpRegion that does not arrive', () => {
    expect(found(CONFIG_TOLD, { facts: { sign: 'asls-zero', symptom: 'no-picture' } })).toEqual([
      'opregion.not-passed cause likely',
    ]);
    expect(found(CONFIG_TOLD, { facts: { sign: 'asls-zero', mode: 'vf', symptom: 'no-picture' } })).toEqual(
      [],
    );
  });
});

it.each<readonly [CaseSketch, readonly string[]]>([
  [
    { facts: { sign: 'all-functions', mode: 'vf', symptom: 'vm-does-not-start' } },
    [
      'config.passes-whole-device cause likely: All functions are passed, where one virtual function was meant',
      '< sign: all-functions',
      'steps vm',
      'explains host.device-missing sriov.pf-on-vfio guest.driver-missing host.device-busy',
    ],
  ],
  [{ facts: { mode: 'vf', symptom: 'vm-does-not-start' } }, []],
  [
    { facts: { sign: 'slot-taken', outcome: 'fails' } },
    [
      'config.slot-busy cause likely: The place where the guest shall see the iGPU is taken by another device',
      '< sign: slot-taken',
      'steps vm',
      'explains guest.driver-missing',
    ],
  ],
  [
    {
      facts: { sign: 'ballooning', symptom: 'less-memory' },
      vms: [
        { ballooning: true, at: new Map([['balloon', quoteOf('100.conf', 3, 'balloon: 1024')]]) },
        { ballooning: false, at: new Map([['balloon', quoteOf('101.conf', 3, 'balloon: 0')]]) },
      ],
    },
    [
      'config.ballooning contributing likely: Ballooning does not go together with a passed device',
      '< sign: ballooning',
      '< balloon: 1024',
      '< symptom: less-memory',
      '> ballooning false',
      'answers less-memory',
    ],
  ],
  [
    { facts: { sign: 'asls-zero', mode: 'whole', symptom: 'no-picture' } },
    [
      'opregion.not-passed cause likely: The guest has no OpRegion: its register 0xFC is empty',
      '< sign: asls-zero',
      '> device-property x-igd-opregion on',
      'steps vm',
      'explains guest.code43 guest.display-enumeration host.class-not-vga guest.driver-missing',
    ],
  ],
])('in full: %j', (sketch, expected) => {
  expect(whole(CONFIG_TOLD, caseOf(sketch))).toEqual(expected);
});
