import { describe, expect, it } from 'vitest';
import { gopLineOf, gopLinesOfRom, hasNoGopByName } from './gop-lines.ts';
import { IGPU_FAMILIES } from './families.ts';
import { romsOfFamily } from './family-roms.ts';

describe('for which graphics a ROM is', () => {
  it.each([
    ['/usr/share/kvm/SKL_CML_GOPv9_igd.rom', ['9']],
    ['RKL_TGL_ADL_RPL_GOPv17.1_igd.rom', ['17']],
    ['ADL-N_TWL_GOPv21_igd.rom', ['17']],
    ['12-n100-q10.rom', ['17']],
    ['pc-6-7-8-9-q10.rom', ['9']],
    ['my-n100.rom', ['17']],
    ['i5-8500.bin', ['9']],
    ['uhd630.rom', ['9']],
    ['coffeelake_gop.rom', ['9']],
    ['gop_v13.rom', ['13']],
    ['GOPv21.rom', ['17']],
    ['hd4600-vbios.rom', ['5']],
    ['gen9-gop.rom', ['9']],
    ['igd_gen9.5.rom', ['9']],
    ['8th_gen_igd.rom', ['5', '9']],
    ['vbios-gen12.rom', ['17']],
    ['11thgen.bin', ['14', '17', '18']],
    ['gen99.rom', []],
    ['igd.rom', []],
    ['vbios.bin', []],
    ['Universal_noGOP_igd.rom', []],
    ['gop99.rom', []],
  ])('%s', (name, lines) => {
    expect(gopLinesOfRom(name)).toEqual(lines);
  });

  it.each(IGPU_FAMILIES.map(({ code }) => code))('every ROM of %s is for its line', (code) => {
    for (const ref of romsOfFamily(code)) {
      const line = gopLineOf(code);
      if (line !== null) expect(gopLinesOfRom(`${ref}.rom`)).toContain(line);
    }
  });

  it('tells a ROM without a GOP driver by its name', () => {
    expect(hasNoGopByName('Universal_noGOP_igd.rom')).toBe(true);
    expect(hasNoGopByName('ICL_GOPv14_igd.rom')).toBe(false);
  });
});
