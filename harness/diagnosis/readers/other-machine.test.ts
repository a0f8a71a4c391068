import { expect, it } from 'vitest';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';

const LOG = [
  "[   61.002201] vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0xe0000000-0xefffffff 64bit pref]",
  '[   61.301120] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0x0000',
].join('\n');
const SAID = 'PVE 8.4, i5-1240P\nWindows 11 VM stays black\n';
const named = (line: string) => causes(diagnosed({ 'dmesg.txt': LOG, 'facts.txt': `${SAID}${line}\n` }));

it.each([
  'dmesg is from my other node, sorry',
  'the log is of another machine, an i5-6500',
  'log attached, but taken on my old server',
  'dmesg attached (it is from the second box, i7-7700)',
  'this dmesg is not from this host',
  'journal: not of the affected machine',
  'the kernel log comes from a different PC',
  'dmesg is off my friend’s NUC',
  'dmesg ist vom anderen Rechner',
  'el dmesg es de otra máquina',
])('%s: nothing of that log counts', (line) => {
  expect(named(line)).not.toContain('host.framebuffer-holds-bar');
});

it.each([
  '',
  'dmesg attached',
  'dmesg of this host attached',
  'my other node has an i5-6500 and works',
  'the log is the same on my other node',
  'is the dmesg line from another machine normal?',
])('%s: it counts', (line) => {
  expect(named(line)).toContain('host.framebuffer-holds-bar');
});
