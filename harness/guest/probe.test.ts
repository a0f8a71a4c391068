import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readAnswer } from './answers/read-answer.ts';
import { probeCommand } from './probe.ts';
import { WINDOWS_PROBE } from './windows/probe-script.ts';

const NONCE = 'Nonce0123456789';

test('the Windows probe is one PowerShell call that carries the nonce and nothing else that changes', () => {
  const { path, args } = probeCommand('windows', NONCE);
  expect(path).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  const script = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
  expect(args.at(-2)).toBe('-EncodedCommand');
  expect(script.replace(NONCE, '@NONCE@')).toBe(WINDOWS_PROBE);
});

test('the Windows probe is ASCII and fits a Windows command line', () => {
  expect(WINDOWS_PROBE).toMatch(/^[\x20-\x7e\n]*$/);
  expect(WINDOWS_PROBE.length).toBeLessThanOrEqual(12_000);
  const { path, args } = probeCommand('windows', 'x'.repeat(32));
  expect([path, ...args].join(' ').length).toBeLessThan(32_767);
});

test('the Windows probe calls nothing that changes a machine', () => {
  const changing = /\b(Set|New|Remove|Enable|Disable|Restart|Stop|Start|Out|Add|Clear|Invoke)-(\w+)/g;
  const called = new Set([...WINDOWS_PROBE.matchAll(changing)].map(([name]) => name));
  expect([...called].sort()).toEqual(['Invoke-CimMethod', 'New-Object', 'Remove-TypeData']);
  expect(WINDOWS_PROBE.match(/-MethodName \w+/g)).toEqual(['-MethodName GetDeviceProperties']);
});

test.each(['', 'short', "12345678'; rm", 'x'.repeat(33), '12345678\n', 'ÄÖÜäöü123'])(
  'nonce %j is refused',
  (nonce) => {
    expect(() => probeCommand('linux', nonce)).toThrow(RangeError);
  },
);

test.runIf(process.platform === 'linux')('the Linux probe answers its contract on this machine', () => {
  const { path, args } = probeCommand('linux', NONCE);
  const { stdout, status } = spawnSync(path, args, { encoding: 'latin1' });
  expect(status).toBe(0);
  expect(readAnswer('linux', stdout, NONCE)).toMatchObject({ failed: [], notReady: null });
});
