import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../part.ts';
import { BytePrefix } from './byte-prefix.ts';
import { addressIn, logLines } from './log-line.ts';
import { logPrefix } from './log-prefix.ts';
import { LITERALS, readText } from './read-text.fixture.ts';

const MESSAGE = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';

/** Ways in which programs write a line of the kernel's log, four seconds after its boot; the time that can be known. */
const STYLES: readonly (readonly [string, (message: string) => string, number | null])[] = [
  ['dmesg', (m) => `[    4.075646] ${m}`, 4.075646],
  ['dmesg with callers', (m) => `[    4.075646][  T312] ${m}`, 4.075646],
  ['dmesg -T', (m) => `[Sun Nov 22 12:02:08 2026] ${m}`, null],
  ['dmesg -x', (m) => `kern  :info  : [    4.075646] ${m}`, 4.075646],
  ['dmesg -x -T', (m) => `kern  :warn  : [Sun Nov 22 12:02:08 2026] ${m}`, null],
  ['dmesg -r', (m) => `<6>[    4.075646] ${m}`, 4.075646],
  ['dmesg -d', (m) => `[    4.075646 <    0.000012>] ${m}`, 4.075646],
  ['dmesg -H', (m) => `[Nov22 12:02] ${m}`, null],
  ['dmesg -H, second line', (m) => `[  +0.000005] ${m}`, null],
  ['dmesg --time-format iso', (m) => `2026-11-22T12:02:08,616988+00:00 ${m}`, null],
  ['journalctl', (m) => `Nov 22 13:29:47 pve kernel: ${m}`, null],
  ['journalctl in German', (m) => `Mär 02 13:29:47 pve kernel: ${m}`, null],
  ['journalctl -o short-precise', (m) => `Nov 22 13:29:47.253700 pve kernel: ${m}`, null],
  ['journalctl -o short-iso', (m) => `2026-11-22T13:29:43+0000 pve kernel: ${m}`, null],
  ['journalctl -o short-iso-precise', (m) => `2026-11-22T13:29:43.253700+00:00 pve kernel: ${m}`, null],
  ['journalctl -o short-full', (m) => `Sun 2026-11-22 13:29:47 UTC pve kernel: ${m}`, null],
  ['journalctl -o short-monotonic', (m) => `[    4.075646] pve kernel: ${m}`, 4.075646],
  ['journalctl -o short-unix', (m) => `1795354183.253700 pve kernel: ${m}`, null],
  ['syslog', (m) => `Nov 22 13:29:47 pve kernel: [    4.075646] ${m}`, 4.075646],
  ['syslog of today', (m) => `2026-11-22T13:29:43.253700+00:00 pve kernel: [    4.075646] ${m}`, 4.075646],
];

/** What people and programs do to a line on its way; nothing of it belongs to the line. */
const DAMAGE: readonly (readonly [string, (line: string) => string])[] = [
  ['nothing', (line) => line],
  ['a Windows line end', (line) => `${line}\r`],
  ['a quotation', (line) => `> ${line}`],
  ['a quotation of a quotation', (line) => `> > ${line}`],
  ['colours', (line) => `\u001b[32m${line.slice(0, 9)}\u001b[0m\u001b[1;33m${line.slice(9)}\u001b[0m`],
  ['an indent', (line) => `    ${line}`],
  ['odd spaces', (line) => line.replaceAll(' ', '\u00a0')],
  ['an invisible mark', (line) => `\u200b${line}`],
  ['escapes of HTML', (line) => line.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ['code marks', (line) => `\`${line}\``],
  ['tags', (line) => `<pre>${line}</pre>`],
  ['grep -Hn', (line) => `/var/log/kern.log.1:1207:${line}`],
  ['grep -H', (line) => `dmesg.txt:${line}`],
  ['grep -n', (line) => `1207:${line}`],
];

test.each(STYLES)('%s: the message, the time and the address are read', (_, style, time) => {
  for (const [damage, apply] of DAMAGE) {
    const { parts } = readText(`${apply(style('pci 0000:00:00.0: first'))}\n${apply(style(MESSAGE))}\n`);
    const [line] = logLines(parts[0] as Part);
    expect(
      parts.map(({ kind }) => kind),
      damage,
    ).toEqual(['kernel-log']);
    expect(line, damage).toMatchObject({ n: 2, message: MESSAGE, time, device: '0000:00:02.0' });
  }
});

test('a style of prefix does not change a message', () => {
  const message = fc
    .string({ maxLength: 60 })
    .map((text) => `i915 0000:00:02.0: x${text.replaceAll('[', '(')}`);
  fc.assert(
    fc.property(message, fc.constantFrom(...STYLES), (text, [, style]) => {
      expect(logPrefix(style(text))?.message).toBe(text);
    }),
  );
});

test('what is taken for a log’s line from its bytes is one by its text', () => {
  const pieces = fc.constantFrom(
    ...'[]<>:.,-+ 09aZT'.split(''),
    '12:02:08',
    '2026-11-22',
    'Nov 22',
    '4.0756',
    'Sun ',
    'kern  :info  : ',
  );
  const made = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));
  const known = fc.tuple(fc.constantFrom(...STYLES), fc.nat(40), pieces).map(([[, style], at, piece]) => {
    const line = style('text');
    return line.slice(0, at) + piece + line.slice(at + 1);
  });
  fc.assert(
    fc.property(fc.oneof(made, known), (line) => {
      const bytes = new TextEncoder().encode(line);
      return !new BytePrefix().takes(bytes, 0, bytes.length) || logPrefix(line) !== null;
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  [
    'dmesg --json',
    `{\n   "dmesg": [\n      {\n         "pri": 6,\n         "time":     4.075646,\n         "msg": "${MESSAGE}"\n      }\n   ]\n}`,
  ],
  [
    'journalctl -o json',
    JSON.stringify({
      __CURSOR: 's=7',
      _HOSTNAME: 'pve',
      SYSLOG_IDENTIFIER: 'kernel',
      MESSAGE,
      _SOURCE_MONOTONIC_TIMESTAMP: '4075646',
    }),
  ],
  [
    'journalctl -o json with bytes',
    JSON.stringify({
      MESSAGE: [...new TextEncoder().encode(MESSAGE)],
      PRIORITY: '6',
      SYSLOG_IDENTIFIER: 'kernel',
      __MONOTONIC_TIMESTAMP: '4075646',
    }),
  ],
  [
    'journalctl -o json-pretty',
    JSON.stringify(
      { __MONOTONIC_TIMESTAMP: '4075646', SYSLOG_IDENTIFIER: 'kernel', MESSAGE, _PID: '7' },
      null,
      '\t',
    ),
  ],
])('%s is read as plain lines', (_, text) => {
  // A list of bytes holds no text to look for, so the reader is asked for the key.
  const { parts } = readText(text, 65_536, [...LITERALS, 'MESSAGE']);
  expect(parts.map(({ kind }) => kind)).toEqual(['kernel-log']);
  const [line] = parts[0]?.lines ?? [];
  expect(logPrefix(line?.text ?? '')).toMatchObject({ message: MESSAGE, time: 4.075646 });
});

test.each([
  [
    'a new kernel',
    '[    0.000000] Linux version 6.8.12-4-pve\n[    9.000000] X\n[    0.000000] Linux version 6.8.12-4-pve\n[    1.000000] X',
  ],
  [
    'the journal',
    '-- Boot 0123456789abcdef --\nNov 22 13:29:47 pve kernel: X\n-- Boot fedcba9876543210 --\nNov 22 13:39:47 pve kernel: X',
  ],
  ['the time', '[   90.000000] X\n[    3.000000] X'],
])('%s begins another boot', (_, text) => {
  const boots = logLines(part(text)).filter(({ message }) => message === 'X');
  expect(boots.map(({ boot }) => boot)).toEqual([0, 1]);
});

test('lines a little out of order are one boot', () => {
  expect(logLines(part('[    4.100000] a\n[    4.000000] b')).map(({ boot }) => boot)).toEqual([0, 0]);
});

test('a date gives the time since boot where the log shows when that was', () => {
  const text = '[Sun Nov 22 12:02:08 2026] Linux version 6.8.12-4-pve\n[Sun Nov 22 12:03:10 2026] X';
  expect(logLines(part(text)).map(({ time }) => time)).toEqual([0, 62]);
});

test.each([
  ['vfio-pci 0000:00:02.0: x', '0000:00:02.0'],
  ['Request device [00:02.0] fault', '0000:00:02.0'],
  ['Request device [0x00:0x02.0] fault', '0000:00:02.0'],
  ['pci 10000:E0:1F.3 x', '10000:e0:1f.3'],
  ['at 12:02:08.5 it says', null],
])('%s names %s', (text, address) => {
  expect(addressIn(text)).toBe(address);
});

test.each([
  [
    '2026-11-22T12:02:08.123456Z qemu-system-x86_64: vfio 0000:00:02.0: x',
    'qemu-system-x86_64: vfio 0000:00:02.0: x',
  ],
  ['2026-11-22 12:02:08.123+0000: 1234: error : qemuMonitorIO:618 : internal error: x', 'internal error: x'],
  ['Nov 22 13:29:47 pve QEMU[1234]: kvm: vfio 0000:00:02.0: x', 'kvm: vfio 0000:00:02.0: x'],
  ['Nov 22 13:29:47 pve pvedaemon[1234]: start failed: x', 'start failed: x'],
])('%s says %s', (line, message) => {
  expect(logPrefix(line)?.message).toBe(message);
});

function part(text: string): Part {
  const lines = text.split('\n').map((line, at) => ({ n: at + 1, text: line }));
  return { kind: 'kernel-log', input: 'given.txt', from: 1, to: lines.length, lines, bytes: null };
}
