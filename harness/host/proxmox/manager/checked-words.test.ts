import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkedChange, plainText, snapshotWord, vmidWord } from './checked-words.ts';

const digest = '0'.repeat(40);

test.each([99, 1_000_000_000, 100.5, NaN, Infinity, -100])('%s is no number of a VM', (vmid) => {
  expect(() => vmidWord('asked', vmid)).toThrow(/no number of a VM/);
});

test.each(['', 'x', '-f', '1st', 'a/b', '../x', 'a b', 'a'.repeat(41)])(
  '%s is no name of a snapshot',
  (name) => {
    expect(() => snapshotWord('asked', name)).toThrow(/no name of a snapshot/);
  },
);

test.each([
  ['a parameter that is no key', { set: { skiplock: '1' } }],
  ['a parameter that is no key', { remove: ['force'] }],
  ['two keys in one', { remove: ['args,hostpci0'] }],
  ['an option in a key', { set: { 'memory=1 --skiplock': '1' } }],
  ['an option behind a yes or no', { set: { kvm: '--skiplock' } }],
  ['a NUL byte', { set: { args: 'a\0b' } }],
  ['half a character', { set: { description: '\ud800' } }],
  ['nothing', {}],
])('%s is refused before anything is asked', (_, change) => {
  expect(() => checkedChange('asked', { ...change, digest })).toThrow(/not asked/);
});

test('a change without a digest is refused', () => {
  expect(() => checkedChange('asked', { set: { cores: '1' }, digest: '' })).toThrow(/no digest/);
});

test('a change that is let pass is the one that was asked for', () => {
  const set = { args: '-set device.hostpci0.addr=0x02.0', description: '-', machine: 'q35' };
  expect(checkedChange('asked', { set, remove: ['vga'], digest })).toEqual({ set, remove: ['vga'], digest });
});

test('a text passes as it is, or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (text.includes('\0')) expect(() => plainText('asked', text)).toThrow();
      else expect(plainText('asked', text)).toBe(text);
    }),
  );
});
