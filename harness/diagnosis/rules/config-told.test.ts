import { describe, expect, it } from 'vitest';
import { found } from '../fixtures/found.ts';
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
