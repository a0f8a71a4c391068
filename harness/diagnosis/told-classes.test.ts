import { describe, expect, test } from 'vitest';
import { diagnosed } from './fixtures/diagnosed.ts';

const first = (text: string) => diagnosed({ 'facts.txt': `${text}\n` }).findings[0]?.id;

describe('the IOMMU is off, by the words of firmware and of system pages', () => {
  test.each([
    'HVM: Enabled, IOMMU: Disabled on the system page',
    'VT-d: disabled in the BIOS',
    'IOMMU: Disabled on my Unraid dashboard',
    'VT-d is off in the BIOS',
    'BIOS: VT-x enabled, VT-d disabled',
    'IOMMU: not available on this board',
    'VT-d: deaktiviert',
    'BIOS: VT-d désactivé',
    'BIOS: VT-d desactivado',
    'IOMMU: inactive on the info page',
  ])('%s', (line) => {
    expect(first(`i7-6700, Unraid\nthe VM does not see the iGPU\n${line}`)).toBe('host.iommu-off');
  });
  test.each(['IOMMU: Enabled on the system page', 'VT-d: enabled in the BIOS'])('not with %s', (line) => {
    expect(first(`i7-6700, Unraid\nthe VM does not see the iGPU\n${line}`)).not.toBe('host.iommu-off');
  });
});

describe('no ROM is set, which is no empty file', () => {
  test.each([
    'graphics rom bios field is empty',
    'the ROM path is left empty',
    'rom box is empty',
    'romfile entry is empty',
    'empty rom field',
    'the vbios setting is empty',
  ])('%s', (line) => {
    expect(first(`i5-12400, Windows 10, iGPU passed\nCode 43\n${line}`)).not.toBe('rom.file-empty');
  });
  test.each(['the rom file is empty', 'my.rom has 0 bytes'])('but %s is', (line) => {
    expect(first(`i5-12400, Windows 10, iGPU passed\nCode 43\n${line}`)).toBe('rom.file-empty');
  });
});

describe('a listing with images for the old BIOS only', () => {
  test.each([
    'rom-parser: PCIR offset 40h / type 0 (x86 PC-AT), vendor: 8086, device: 0412 / Last image',
    'rom-parser says type 0 (x86 PC-AT), last image',
    'PCIR: type 0 (x86 PC-AT), vendor: 8086',
    'only one image, type: 0 (PC-AT)',
  ])('%s', (line) => {
    expect(first(`i5-7500, OVMF, Windows 10\nno picture\n${line}`)).toBe('rom.no-efi-image');
  });
  test('not beside one for UEFI', () => {
    const line = 'rom-parser: type 0 (x86 PC-AT), type 3 (EFI), last image';
    expect(first(`i5-7500, OVMF, Windows 10\nno picture\n${line}`)).not.toBe('rom.no-efi-image');
  });
});

describe('i915ovmf is for older graphics', () => {
  test.each(['i5-11400', 'i5-12400', 'N100', 'i7-1165G7', 'i5-13500'])('not %s', (cpu) => {
    expect(first(`${cpu}, Windows 11\nromfile: i915ovmf.rom\nCode 43`)).toBe('rom.gop-mismatch');
  });
  test.each(['i5-8500', 'i5-6500', 'J4125'])('but %s', (cpu) => {
    expect(first(`${cpu}, Windows 11\nromfile: i915ovmf.rom\nCode 43`)).not.toBe('rom.gop-mismatch');
  });
});

describe('the guest has the iGPU elsewhere', () => {
  const vm = 'i5-12400, iGPU passed to Windows 11\nromfile set\nCode 43';
  test.each([
    'In Windows the card shows up as "PCI bus 1, device 0, function 0"',
    'Location of the GPU: PCI bus 6, device 16, function 0',
    'the iGPU is at 01:00.0 in the VM',
    'in the guest the iGPU has 06:10.0',
    'Grafikkarte: PCI-Bus 1, Gerät 0, Funktion 0',
  ])('%s', (line) => {
    expect(first(`${vm}\n${line}`)).toBe('config.igpu-address');
  });
  test.each([
    'In Windows the card shows up as "PCI bus 0, device 2, function 0"',
    'the NVMe is at 01:00.0 in the VM',
    'the iGPU was at 01:00.0 in the VM before',
  ])('not by %s', (line) => {
    expect(first(`${vm}\n${line}`)).not.toBe('config.igpu-address');
  });
});

describe('another vendor’s card is the one in trouble', () => {
  test.each([
    'GTX 1650 at 03:00.0 to Windows 10\nCode 43\ndont have any igpu, cpu is xeon e5-2680v4',
    'i7-10750H\niGPU = host screen, only NVIDIA passed\nCode 43 on "NVIDIA GeForce GTX 1650"',
    'i9-12900, RTX 3060 to Windows VM\nError 43 on the RTX 3060, UHD 770 stays with the host',
    'i5-9600K, Windows 10\nthe GeForce shows Code 43',
  ])('%s', (text) => {
    expect(first(text)).toBe('device.other-vendor');
  });
  test.each([
    'i5-12400 iGPU passed to Windows, Code 43\nGTX 1650 also in the box, used by the host',
    'i5-12400 Windows 11\nUHD 730: Code 43\nRTX 3060 is for the host',
  ])('but not: %s', (text) => {
    expect(first(text)).not.toBe('device.other-vendor');
  });
});

describe('it works', () => {
  test.each([
    'La pantalla por HDMI va perfecta y el administrador de dispositivos sin códigos',
    'la imagen se ve perfecta',
    'el monitor va de maravilla',
    'l’image est parfaite',
    'tutto perfetto',
    'use: Plex, Frigate. Both use the GPU now, intel_gpu_top moves',
    'Plex uses the GPU\nerror I’d like to fix: GSC proxy component',
    'Jellyfin uses the iGPU\nthe only message I want to get rid of: HuC proxy',
  ])('%s', (text) => {
    expect(first(`Core Ultra 5 125H, VM: Ubuntu 24.04\n${text}`)).toBe('works');
  });
  test('but not where the error is one', () => {
    expect(first('N100, Windows 11 VM\nerror I want to fix: Code 43')).not.toBe('works');
  });
});
