import { expect, test } from 'vitest';
import { ALL_STEPS, guestFiles } from './guest-files.ts';
import { REGISTRY_SETTINGS } from './registry-settings.ts';
import { powershellLiteral } from './scripts/powershell-literal.ts';

const BRACKETS = [
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
] as const;
const SHA256 = 'ab'.repeat(32);
const KINDS = [null, { kind: 'zip', sha256: SHA256 }, { kind: 'exe', sha256: SHA256 }] as const;

/** What is left of a script without its texts in quotes; a quote that is never closed stays. */
function withoutTexts(script: string): string {
  return script.replaceAll(/'[^'\r\n]*'/g, '').replaceAll(/"[^"\r\n]*"/g, '');
}

test.each(KINDS)('with %j, each script is plain ASCII, and what opens also closes', (driver) => {
  for (const [name, script] of Object.entries(guestFiles(driver))) {
    expect(script, name).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
    if (!name.endsWith('.ps1')) continue;
    const code = withoutTexts(script);
    expect(code, name).not.toMatch(/['"`]/);
    for (const [open, close] of BRACKETS)
      expect(code.split(open).length, `${name}: ${open}`).toBe(code.split(close).length);
  }
});

test('set-up ends with every step in order, the agent last', () => {
  const finish = guestFiles(null)['finish.ps1'] ?? '';
  const called = [...finish.matchAll(/^Invoke-Step '([\w-]+)' '([^']+)'/gm)].map(([, id]) => id);
  expect(called).toEqual(ALL_STEPS.map(({ id }) => id));
  expect(called.at(-1)).toBe('agent');
  expect(new Set(called).size).toBe(called.length);
});

test('no word of a step holds a space, which would be two words on the way', () => {
  for (const { words, program } of ALL_STEPS) {
    for (const word of words) expect(word).toMatch(/^[^\s"]+$/);
    expect(program).toMatch(/^C:\\Windows\\System32\\[a-z]+\.exe$/);
  }
});

test('the check reads back every setting and every step', () => {
  const check = guestFiles(null)['check.ps1'] ?? '';
  for (const { id, name, value } of REGISTRY_SETTINGS) {
    expect(check).toContain(`Test-That '${id}'`);
    expect(check).toContain(`'${name}') -eq ${value} }`);
  }
  for (const { id, good } of ALL_STEPS) if (good !== null) expect(check).toContain(`Test-That '${id}'`);
  expect(check).toContain('ReAgent.xml');
});

test('a script that only asks changes nothing', () => {
  for (const driver of KINDS)
    expect(guestFiles(driver)['check.ps1']).not.toMatch(/\b(Set|New|Remove|Copy|Start|Stop)-|reg\.exe|exe /);
});

test('an archive of the driver is staged by itself, an installer waits for its device', () => {
  const [none, zip, exe] = KINDS.map((driver) => guestFiles(driver));
  expect(none).not.toHaveProperty('driver.ps1');
  expect(none?.['finish.ps1']).not.toContain('driver.ps1');
  const finish = zip?.['finish.ps1'] ?? '';
  expect(finish).toContain(String.raw`& 'C:\code43\driver.ps1'`);
  expect(finish.indexOf("Invoke-Step 'agent'")).toBeGreaterThan(finish.indexOf('driver.ps1'));
  expect(exe?.['finish.ps1']).not.toContain('driver.ps1');
});

test.each(KINDS.slice(1))('%j is used only if its digest is right', (driver) => {
  const script = guestFiles(driver)['driver.ps1'] ?? '';
  const guard = script.indexOf(`-ne '${SHA256}'`);
  expect(guard).toBeGreaterThan(0);
  expect(script.indexOf('exit 1')).toBeGreaterThan(guard);
  expect(script.indexOf('Invoke-Step')).toBeGreaterThan(script.indexOf('exit 1'));
});

test('a text is literal to PowerShell, or refused', () => {
  expect(powershellLiteral("it's $(here) `n")).toBe("'it''s $(here) `n'");
  expect(() => powershellLiteral('a\nb')).toThrow(RangeError);
  // Typographic quotes close a text of PowerShell just as plain ones do.
  expect(() => powershellLiteral('\u2019')).toThrow(RangeError);
});
