import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputReader } from '../diagnosis/read/input-reader.ts';
import { median, type Bench, type Measure } from './measure.ts';

const LINES = 1_000_000;
const FEWER = 10_000;
const ROUNDS = 5;
const PIECE = 65_536;
const LITERALS: readonly string[] = [
  'Invalid PCI ROM header signature',
  'Failed to find VBIOS tables',
  'failed to setup container for group',
  'Failed to mmap',
  ...Array.from({ length: 150 }, (_, n) => `what signature number ${n} looks for`),
];
const MESSAGES: readonly string[] = [
  'vmbr0: port 1(tap110i0) entered disabled state',
  'usb 1-4: new high-speed USB device number 3 using xhci_hcd, and what else it has to say',
  'EXT4-fs (dm-1): mounted filesystem with ordered data mode. Quota mode: none.',
  'systemd[1]: Started session-23.scope - Session 23 of User root.',
];

/** How fast a long kernel log is read, beside `grep` with the same texts: what the machine does at its best. */
export const diagnosing: Bench = {
  name: 'diagnose',
  run: () => {
    const directory = mkdtempSync(join(tmpdir(), 'code43-bench-'));
    try {
      const [short, long] = [join(directory, 'short.log'), join(directory, 'long.log')];
      writeFileSync(short, log(0, FEWER));
      // Written piece by piece: what this process holds already would hide what reading takes.
      for (let n = 0; n < LINES; n += FEWER) appendFileSync(long, log(n, FEWER));
      return Promise.resolve(measures(short, long));
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
};

function measures(short: string, long: string): readonly Measure[] {
  read(short);
  const before = process.memoryUsage.rss();
  const seconds = median(Array.from({ length: ROUNDS }, () => read(long)));
  const more = (process.memoryUsage.rss() - before) / 1e6;
  const fewer = median(Array.from({ length: ROUNDS }, () => read(short)));
  const grep = median(Array.from({ length: ROUNDS }, () => search(long)));
  return [
    { what: 'a million lines of a log', value: seconds, unit: 's of CPU', bound: { atMost: 1.5 } },
    { what: 'the same, beside grep -E -c', value: seconds / grep, unit: 'times', bound: { atMost: 8 } },
    {
      what: 'a line of it, beside one of 10 000',
      value: (seconds / fewer) * (FEWER / LINES),
      unit: 'times',
      bound: { atMost: 1.5 },
    },
    { what: 'memory that this takes', value: Math.max(0, more), unit: 'MB', bound: { atMost: 100 } },
  ];
}

/** Seconds of CPU. */
function read(file: string): number {
  const began = process.cpuUsage();
  const reader = new InputReader(file, LITERALS);
  const piece = new Uint8Array(PIECE);
  const descriptor = openSync(file, 'r');
  for (let size = 1; size > 0;) {
    size = readSync(descriptor, piece, 0, PIECE, null);
    reader.write(piece.subarray(0, size));
  }
  closeSync(descriptor);
  const { seen } = reader.end();
  if (seen.problem !== null) throw new Error(`${file}: ${seen.problem}`);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

function search(file: string): number {
  const began = performance.now();
  const { status, error } = spawnSync('grep', ['-E', '-i', '-c', LITERALS.join('|'), file]);
  if (status !== 0) throw new Error(`grep found nothing in ${file}`, { cause: error });
  return (performance.now() - began) / 1000;
}

function log(first: number, lines: number): string {
  const found = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';
  const texts = Array.from({ length: lines }, (_, index) => {
    const n = first + index;
    const message = n % 10_007 === 0 ? found : (MESSAGES[n % MESSAGES.length] ?? '');
    return `[${(n / 100).toFixed(6).padStart(12)}] ${message}\n`;
  });
  return texts.join('');
}
