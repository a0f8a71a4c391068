import type { EntriesOf } from './entry.ts';

/** The option ROM, as a file or in the device. */
export const ROM: EntriesOf<'rom'> = {
  'rom.missing': {
    title: 'The device has no option ROM',
    meaning:
      'The whole iGPU is given to a Windows guest, and no `romfile` is set. A small program in the option ROM has to hand two things over inside the guest: the OpRegion, which describes the ports, and a place for stolen memory. Hosts that start by UEFI keep no such ROM for the iGPU, so without a file the guest gets none, and Windows’ driver ends with Code 43.',
    evidence:
      'A config without `romfile` (or a person who says so) together with Code 43 or a dark monitor; QEMU’s “Cannot read device rom” proves that none was found. The kernel’s “Invalid PCI ROM header signature” alone proves nothing.',
    confusedWith:
      '`rom.signature-benign`: the same kernel line appears on systems that work. `opregion.not-passed` and `config.igpu-address` look alike from inside Windows.',
    fix: 'Put an option ROM that was made for this iGPU’s generation into `/usr/share/kvm/`, compare its sha256, and name it with `romfile=`. Under libvirt: `<rom file=…/>`.',
    sources: [
      'QEMU docs/igd-assign.txt',
      'QEMU hw/vfio/pci.c, vfio_pci_load_rom()',
      'Linux drivers/pci/rom.c',
    ],
  },
  'rom.file-not-found': {
    title: 'The ROM file is not where QEMU looks',
    meaning:
      'The config names a ROM file that is not there, so the VM does not start. Proxmox puts `/usr/share/kvm/` before whatever `romfile=` says; a full path therefore leads nowhere.',
    evidence:
      'QEMU’s “failed to find romfile”, with the path it tried; a `romfile=` with a leading slash in a Proxmox config.',
    confusedWith: 'A broken ROM. QEMU has not looked into the file yet; its contents play no part.',
    fix: 'Copy the file to the path in QEMU’s message, or write its bare name. In a cluster, do so on each node.',
    sources: ['QEMU hw/pci/pci.c, pci_add_option_rom()', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'rom.file-empty': {
    title: 'The ROM file is empty',
    meaning:
      'The file is there and holds no bytes, mostly since a download failed. QEMU refuses to start a VM with it.',
    evidence: 'QEMU’s “romfile … is empty”, or the file itself with 0 bytes.',
    confusedWith: null,
    fix: 'Fetch the file again and compare its sha256 with the one that its release states.',
    sources: ['QEMU hw/pci/pci.c, pci_add_option_rom()'],
  },
  'rom.file-too-large': {
    title: 'The ROM file is too large',
    meaning:
      'The file does not fit the size that `romsize=` states, or is larger than any ROM can be. QEMU refuses to start. Sometimes it is no ROM at all, but a disk image or a whole BIOS file.',
    evidence: 'QEMU’s “too large for ROM size”, with both numbers, or “too large”.',
    confusedWith: null,
    fix: 'Remove `romsize=`, or set it to a power of two that is not smaller than the file; else give the right file. ROMs for iGPUs have some kilobytes to some hundred.',
    sources: ['QEMU hw/pci/pci.c, pci_add_option_rom()'],
  },
  'rom.invalid': {
    title: 'The file is not an option ROM',
    meaning:
      'A ROM starts with the bytes 55 AA and points to a block that starts with PCIR. This file does not, so the guest’s firmware passes over it without a word. The VM starts, and nothing is handed over.',
    evidence:
      'The file itself. `code43 rom inspect` shows what is wrong. Lines of the host’s kernel speak of the ROM in the device, never of a file.',
    confusedWith:
      '`rom.missing`: the effect in the guest is the same. A web page that was saved in place of a ROM is common.',
    fix: 'Fetch the ROM again from its release and compare its sha256.',
    sources: ['PCI Firmware Specification, expansion ROMs', 'edk2 MdeModulePkg/Bus/Pci/PciBusDxe'],
  },
  'rom.bare-efi': {
    title: 'The file is a bare EFI driver, not an option ROM',
    meaning:
      'The file is the driver alone (`IntelGopDriver.efi`), without the header that makes it an option ROM. The guest’s firmware does not execute it. Guides for virtual functions name such a file; they work all the same, since a virtual function needs no ROM.',
    evidence: 'The file begins with MZ, as programs of Windows and UEFI do.',
    confusedWith: '`rom.invalid`: here the contents can be good, only the wrapping is missing.',
    fix: 'Wrap it with EfiRom, or take a finished ROM. For a virtual function leave `romfile` out.',
    sources: ['edk2 BaseTools EfiRom', 'i915-sriov-dkms, guide for Windows guests'],
  },
  'rom.no-efi-image': {
    title: 'The ROM has no EFI image',
    meaning:
      'A ROM can hold one image for the old BIOS and one for UEFI. This one has the first kind only, and a guest with OVMF executes nothing of it. With SeaBIOS it may be right.',
    evidence: 'The file: none of its images has code type 3 with an EFI header for x86-64.',
    confusedWith: '`rom.no-gop`: that ROM runs, it only has no driver for a picture.',
    fix: 'Take a ROM with an EFI image for OVMF, or use SeaBIOS with this one where guest and generation allow it.',
    sources: ['PCI Firmware Specification, expansion ROMs', 'edk2 PciOptionRomSupport.c'],
  },
  'rom.no-gop': {
    title: 'The ROM has no driver for a picture before Windows',
    meaning:
      'The GOP driver draws the firmware’s logo and the boot menu. Without it the monitor stays dark until the guest’s own driver starts, and works from then on. That is a choice of the ROM’s maker, not a fault.',
    evidence: 'The file: no Intel GOP driver among its EFI images.',
    confusedWith: 'A failed passthrough. Wait until Windows is up before you judge by the monitor.',
    fix: 'None is needed. For a picture from the start take a ROM with the GOP driver of your iGPU’s generation.',
    sources: ['QEMU docs/igd-assign.txt'],
  },
  'rom.gop-mismatch': {
    title: 'The GOP driver in the ROM is not, or not only, the one for this iGPU',
    meaning:
      'GOP drivers are made for one generation each. One for another generation shows no picture, and several in one ROM can disturb each other.',
    evidence: 'The file: more than one GOP driver in it, or one whose version belongs to another generation.',
    confusedWith: '`rom.no-gop`, which looks alike on the monitor.',
    fix: 'Take a ROM with exactly the GOP driver of your iGPU’s generation.',
    sources: ['README of intel-igpu ROM projects', 'Intel GOP drivers, version by generation'],
  },
  'rom.incomplete': {
    title: 'The ROM has nothing that hands the OpRegion over',
    meaning:
      'The ROM is well formed, and lacks the small driver (IgdAssignmentDxe) that takes the OpRegion and stolen memory from QEMU and tells the device. Neither OVMF nor a plain GOP driver does it. A wrong build can drop that code and leave a shell of a few kilobytes; a download that ended early loses whatever stands at its end.',
    evidence:
      'The file: no EFI image that looks for `etc/igd-opregion`; or a size below what its release or its own header states. Size alone proves nothing: a good one can be 10 kB.',
    confusedWith: '`rom.missing`: a ROM is there, and the guest gets just as little.',
    fix: 'Take a ROM that has IgdAssignmentDxe, from a release with a digest.',
    sources: ['QEMU docs/igd-assign.txt', 'edk2 issue 7301'],
  },
  'rom.digest-mismatch': {
    title: 'The ROM file is not the one that its name says',
    meaning:
      'A file with the name of a known one has other contents: than the release states, or than the file on the host. It may be cut off, rebuilt, or another version.',
    evidence:
      'Its sha256 beside another of the same name: of `sha256sum` on the host, of what `code43 collect` gathered, or of the release.',
    confusedWith: null,
    fix: 'Fetch it again: `code43 rom fetch`, then `code43 rom verify`.',
    sources: ['manifests below roms/'],
  },
  'rom.signature-benign': {
    title: 'The line about the ROM’s signature is harmless here',
    meaning:
      'vfio-pci asks the kernel for the ROM in the device and finds other bytes at that place. That is normal on a host that starts by UEFI, and working systems print it. With a `romfile`, or for a virtual function, it has no effect.',
    evidence:
      'The line together with a `romfile`, or with a set-up that works. The value after “got” is whatever lies in memory there.',
    confusedWith: '`rom.missing`, which needs more than this line.',
    fix: null,
    sources: ['Linux drivers/pci/rom.c, pci_get_rom_size()', 'reports of working systems'],
  },
};
