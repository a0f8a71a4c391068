import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROM_LIMIT } from './binary.ts';
import { LINE_LIMIT } from './byte-lines.ts';
import { kindsOf, readText } from './read-text.fixture.ts';

const ROM_LINE =
  '[    4.075646] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';

const FORUM = `CPU: N100
PVE 9.0
machine: q35
Device Manager shows Code 43
i915: blacklisted

root@pve:~# qm config 103
bios: ovmf
cpu: host,hidden=1
hostpci0: 0000:00:02.0,legacy-igd=1,romfile=n100.rom
machine: pc-i440fx-10.0
vga: none

root@pve:~# dmesg | grep -i vfio
${ROM_LINE}
root@pve:~# lspci -nnk -s 00:02.0
00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]
	DeviceName: Onboard - Video
	Kernel driver in use: vfio-pci
root@pve:~# cat /etc/modules
vfio
vfio_pci

Guest dmesg:
\`\`\`
[    0.000000] Linux version 6.1.0-13-amd64
[    1.500000] i915 0000:00:02.0: [drm] *ERROR* Failed to find VBIOS tables (VBT)
\`\`\`

kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to setup container
TASK ERROR: start failed: QEMU exited with code 1

HDMI works fine
`;

test('a forum post is taken apart to what it is made of', () => {
  expect(kindsOf(FORUM)).toEqual([
    'facts 1-5',
    'proxmox-config 8-12',
    'kernel-log 15-15',
    'lspci 17-19',
    'host-file 21-22',
    'guest-kernel-log 26-27',
    'qemu-log 30-31',
    'facts 33-33',
  ]);
});

test('a line of the config that nobody would say by heart is a config; what people say as well is a fact', () => {
  expect(kindsOf('hostpci0: 0000:00:02.0,pcie=1\n')).toEqual(['proxmox-config 1-1']);
  expect(kindsOf('machine: q35\ncpu: N100\n')).toEqual(['facts 1-2']);
});

test.each([
  ['an empty file', new Uint8Array(0), 'empty'],
  ['blank lines', '\n \r\n\n', 'nothing but blank lines'],
  ['a binary', Uint8Array.from({ length: 9_000 }, (_, n) => (n * 197) % 251), 'binary, not recognised'],
  [
    'a ROM that is none by its size',
    Uint8Array.from({ length: ROM_LIMIT + 1 }, (_, n) => (n === 0 ? 0x55 : 0xaa)),
    'a ROM of more than 16 MiB, not read',
  ],
])('%s is said to be a problem', (_, given, problem) => {
  expect(readText(given).seen.problem).toBe(problem);
});

test('an option ROM and a bare EFI driver are handed on whole', () => {
  for (const first of [
    [0x55, 0xaa],
    [0x4d, 0x5a, 0],
  ]) {
    const rom = Uint8Array.from({ length: 70_000 }, (_, n) => first[n] ?? n % 256);
    const [part] = readText(rom, 1_000).parts;
    expect(part).toMatchObject({ kind: 'rom', from: 0, to: 0, lines: [] });
    expect(part?.bytes).toEqual(rom);
  }
});

test('a line that is too long is cut, and that is said', () => {
  const { seen, parts } = readText(`${'x'.repeat(LINE_LIMIT * 3)}\n${ROM_LINE}\n`, 10_000);
  expect(seen).toMatchObject({ lines: 2, problem: '1 lines were cut: they are too long' });
  expect(parts.at(-1)?.lines.map(({ n }) => n)).toEqual([2]);
});

test('what is looked for is found below any number of other lines', () => {
  const noise = 'Nov 22 13:29:47 pve systemd[1]: Started something\n'.repeat(30_000);
  const plain = 'a line of some program\n'.repeat(30_000);
  expect(readText(noise + ROM_LINE).parts[0]?.lines.map(({ n }) => n)).toEqual([30_001]);
  expect(
    readText(plain + ROM_LINE)
      .parts.at(-1)
      ?.lines.map(({ n }) => n),
  ).toEqual([30_001]);
  expect(readText(`${plain}got Invalid PCI ROM header again`).parts.at(-1)?.lines.at(-1)?.n).toBe(30_001);
});

test('what floods a log is counted, and does not push out what stands beside it', () => {
  const flood = '[    9.000000] DMAR: [DMA Read] Request device [00:02.0] fault addr 0\n'.repeat(5_000);
  const { parts, held } = readText(`${flood}${ROM_LINE.replace('4.07', '9.07')}\n${flood}`);
  expect(held.get('fault addr')).toBe(10_000);
  expect(parts[0]?.lines).toHaveLength(251);
  expect(parts[0]?.lines.filter(({ n }) => n === 5_001)).toHaveLength(1);
  expect(parts[0]?.lines.at(-1)?.n).toBe(10_001);
});

test.each([
  ['UTF-16 with a mark, as PowerShell writes it', (text: string) => utf16(`\ufeff${text}`)],
  ['UTF-16 without a mark', utf16],
  ['UTF-8 with a mark', (text: string) => new TextEncoder().encode(`\ufeff${text}`)],
  ['lines that end as on Windows', (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))],
])('%s reads the same', (_, encode) => {
  const read = readText(encode(FORUM), 7);
  expect(read.parts).toEqual(readText(FORUM).parts);
});

test.each([
  ['of old Macs', '\r'],
  ['of a serial console', '\r\r\n'],
])('line ends %s read the same, whatever pieces they come in', (_, end) => {
  const bytes = new TextEncoder().encode(FORUM.replaceAll('\n', end));
  for (const size of [1, 2, 7, 65_536]) expect(readText(bytes, size).parts).toEqual(readText(FORUM).parts);
});

test('what a progress bar has overwritten is lines of their own', () => {
  expect(kindsOf(`10%\r20%\r${ROM_LINE}\r\n${ROM_LINE}\r`)).toEqual(['facts 1-2', 'kernel-log 3-4']);
});

test('any number of carriage returns is read in little time, and the pieces do not matter', () => {
  const returns = '\r'.repeat(300_000);
  const { lines } = readText(`a${returns}b\n`).seen;
  expect(lines).toBe(300_001);
  expect(readText(`a${returns}b\n`, 1_000).seen.lines).toBe(lines);
  expect(readText(`a${returns}\n`).seen.lines).toBe(1);
});

test('nothing that comes in throws, and its pieces do not matter', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      ...FORUM.split('\n'),
      '\u001b[31m',
      '&lt;',
      '> ',
      '```',
      '\u00a0',
      '{"MESSAGE":"',
      '"msg": "x"',
      '},{',
      '<domain>',
      '@@IGPU1 3',
    ),
    fc.string({ maxLength: 90 }),
    fc.constantFrom('\r', '\r\r', 'a\rb', '\r\n\r'),
  );
  // More than the head that decides what it is: what comes in before that is read in one piece.
  const text = fc
    .array(pieces, { maxLength: 40 })
    .map((lines) => new TextEncoder().encode(`${'text\n'.repeat(820)}${lines.join('\n')}`));
  fc.assert(
    fc.property(
      fc.oneof(text, fc.uint8Array({ maxLength: 9_000 })),
      fc.integer({ min: 1, max: 400 }),
      (bytes, size) => {
        expect(readText(bytes, size)).toEqual(readText(bytes));
      },
    ),
  );
});

test('every line of a part stands in the input, in order, inside of the part', () => {
  const lines = fc.array(fc.oneof(fc.constantFrom(...FORUM.split('\n')), fc.string({ maxLength: 60 })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(lines, (given) => {
      let last = 0;
      for (const { from, to, lines: kept } of readText(given.join('\n')).parts) {
        expect(from).toBeGreaterThan(last);
        for (const { n } of kept) expect(n >= from && n <= to).toBe(true);
        expect(kept.map(({ n }) => n)).toEqual(kept.map(({ n }) => n).toSorted((a, b) => a - b));
        last = to;
      }
    }),
  );
});

function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    Array.from(text).flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]),
  );
}
