import { expect, test } from 'vitest';
import { parseVmConfig } from '../vmconfig/parse.ts';
import { header } from './fixtures/traces.ts';
import { romFix } from './fix.ts';

/** What the reporter of the N100 case names as critical in the config that works. */
const REPORTED = {
  hostpci0: '0000:00:02.0,romfile=12-n100-q10.rom,pcie=1,x-vga=1',
  args: '-set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-gms=0x2 -set device.hostpci0.x-igd-opregion=on',
  cpu: 'host,hidden=1',
};

const unknownConfig = header({ cell: { config: null } });

test('both parts of the fix together are the reported config in its critical keys', () => {
  const pasted = valuesOf(romFix(unknownConfig).paste?.both);
  expect(parts(pasted['hostpci0'], ',')).toEqual(parts(REPORTED.hostpci0, ','));
  expect(parts(pasted['args'], / (?=-set)/)).toEqual(parts(REPORTED.args, / (?=-set)/));
  expect(pasted['cpu']).toBe(REPORTED.cpu);
});

test('what merely stood in the reporter’s config stays out of the supported part', () => {
  const supported = romFix(unknownConfig).paste?.supported ?? '';
  for (const word of ['hidden', 'x-igd-gms', 'x-vga']) expect(supported).not.toContain(word);
  for (const word of ['romfile=', 'addr=0x02.0', 'x-igd-opregion=on', 'vga: none'])
    expect(supported).toContain(word);
});

test('a ROM that nobody has pinned is not given a digest', () => {
  expect(romFix(unknownConfig).supported[0]?.text).toContain('sha256 not pinned yet');
});

test('what the config has already is not asked for again', () => {
  const { supported } = romFix(header());
  expect(supported.map(({ text }) => text).join('\n')).not.toContain('addr=');
  expect(supported.map(({ text }) => text).join('\n')).toContain('romfile=12-n100-q10.rom');
});

test('for another device the fix names no ROM that is not known to fit it', () => {
  const fix = romFix(header({ host: { igpu: { id: '1234:1111' } } }));
  expect(JSON.stringify(fix)).not.toContain('n100');
  expect(fix.paste).toBeNull();
});

function valuesOf(config = ''): Record<string, string> {
  return Object.fromEntries(parseVmConfig(config).entries.map(({ key, value }) => [key, value]));
}

function parts(value: string | undefined, separator: string | RegExp): readonly string[] {
  return (value ?? '').split(separator).sort();
}
