import { describe, expect, it } from 'vitest';
import { COMPARED, type Compared } from '../fact.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { comparison } from './comparison.ts';

describe('a trial that was made', () => {
  it.each([
    ['host-kernel', 'host.kernel-regression'],
    ['qemu', 'qemu.regression'],
    ['guest-driver', 'guest.driver-version'],
    ['guest-kernel', 'guest.driver-version'],
    ['host-driver', 'host.kernel-regression'],
    ['vbs', 'guest.vbs'],
  ] as const)('with another %s blames that', (compared, id) => {
    const sketch = { facts: { compared, symptom: 'code-43' } } as const;
    expect(found(comparison, sketch)).toEqual([`${id} cause ${compared === 'vbs' ? 'certain' : 'likely'}`]);
    expect(claimOf(comparison, id, sketch).evidence.map(({ text }) => text)).toEqual([
      `compared: ${compared}`,
    ]);
  });

  it('with another module on the host blames that module where it makes virtual functions', () => {
    expect(found(comparison, { facts: { compared: 'host-driver', mode: 'vf' } })).toEqual([
      'sriov.driver-broken cause likely',
    ]);
  });

  it.each([
    ['linux', ['guest.driver-missing cause likely']],
    ['macos', ['guest.os-config cause likely']],
    ['bsd', ['guest.os-config cause likely']],
    // Windows may fail for more reasons than its driver.
    ['windows', []],
  ] as const)('with another guest says of %s %j', (guestOs, expected) => {
    expect(found(comparison, { facts: { compared: 'guest', guestOs } })).toEqual(expected);
  });

  it('with another guest says nothing of a guest that nobody names', () => {
    expect(found(comparison, { facts: { compared: 'guest' } })).toEqual([]);
  });

  it.each(['rom', 'machine', 'cpu'] as const)('with another %s is left to the rules about it', (compared) => {
    expect(found(comparison, { facts: { compared, symptom: 'code-43' } })).toEqual([]);
  });

  it('says each thing once, however often it was tried', () => {
    const facts = { compared: ['qemu', 'qemu', 'host-kernel'] } as const;
    expect(found(comparison, { facts })).toEqual([
      'qemu.regression cause likely',
      'host.kernel-regression cause likely',
    ]);
    expect(claimOf(comparison, 'qemu.regression', { facts }).evidence).toHaveLength(2);
  });

  it('counts although something works: that is what the trial says', () => {
    expect(found(comparison, { facts: { compared: 'qemu', outcome: 'works' } })).toHaveLength(1);
  });

  it('says in its title what was changed', () => {
    for (const compared of ['host-kernel', 'qemu', 'vbs'] satisfies Compared[]) {
      const [claim] = [compared].map((each) =>
        claimOf(comparison, ID[each], { facts: { compared: each, symptom: 'code-43' } }),
      );
      expect(claim?.title).toContain(COMPARED[compared]);
    }
  });

  it.each([
    ['host-kernel', 'kernel pin'],
    ['qemu', 'pve-qemu-kvm'],
    ['guest-driver', 'Windows Update'],
  ] as const)('with another %s tells how to go back', (compared, text) => {
    expect(advice(claimOf(comparison, ID[compared], { facts: { compared } }))).toContain(text);
  });
});

const ID = {
  'host-kernel': 'host.kernel-regression',
  qemu: 'qemu.regression',
  'guest-driver': 'guest.driver-version',
  vbs: 'guest.vbs',
} as const;

it('says nothing without a trial', () => {
  expect(found(comparison, { facts: { symptom: ['code-43', 'after-update'] } })).toEqual([]);
});

describe('another guest', () => {
  it.each([
    [{ facts: { compared: 'guest', guestOs: 'linux', symptom: 'code-43' } }, []],
    [{ facts: { compared: 'guest', guestOs: 'linux', problemCode: 10 } }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(comparison, sketch)).toEqual(expected);
  });
});
