import type { EntriesOf } from './entry.ts';

/** What depends on the release of QEMU. */
export const QEMU: EntriesOf<'qemu'> = {
  'qemu.unknown-generation': {
    title: 'This QEMU does not know the iGPU’s generation',
    meaning:
      'QEMU has a table from device id to generation. In 9.2 it lacks many ids (Gemini, Ice, Jasper, Comet, Rocket, Alder and Raptor Lake), and what it does not know gets no legacy mode: no OpRegion, no stolen memory, no bridge. Older releases took the unknown for generation 8, and 10.0 knows these ids again.',
    evidence:
      'QEMU’s “is unsupported in legacy mode, try SandyBridge or newer”; or QEMU 9.2 with such a device id.',
    confusedWith:
      '`rom.missing` and a bad ROM: the same set-up worked before an update of QEMU, with the same file.',
    fix: 'Use QEMU 10.0 or newer (Core Ultra: 10.1), or 9.1 and older.',
    sources: ['QEMU hw/vfio/igd.c at commit 03828b00a2', 'README of intel-igpu-passthru'],
  },
  'qemu.legacy-not-for-generation': {
    title: 'QEMU from 10.1 on has no legacy mode for this iGPU',
    meaning:
      'Since 10.1 legacy mode is for generations 6 to 9 only. For newer iGPUs QEMU passes the OpRegion by itself, and leaves the identity of the LPC bridge alone, which the ROM’s driver looks for. With `x-igd-legacy-mode=on` the VM does not start at all.',
    evidence:
      'QEMU’s “doesn’t support legacy mode”; or QEMU 10.1 or newer, an iGPU of generation 11 or later on i440fx, and a trouble that began with the update.',
    confusedWith: '`config.legacy-on-q35`: that is about the machine type, this one about the iGPU.',
    fix: 'Remove `x-igd-legacy-mode=on` and set `x-igd-lpc=on` for the device (i440fx).',
    sources: ['QEMU hw/vfio/igd.c, commit dd69d84604', 'README of intel-igpu-passthru'],
  },
  'qemu.regression': {
    title: 'It depends on QEMU’s version',
    meaning:
      'The same set-up works with one QEMU and not with another. A trial like that outweighs any line of a log. Known for it: Proxmox’ QEMU 10.1.0-1, whose fault in vfio was mended in 10.1.2-1, and QEMU 5.0, which was built without its code for Intel graphics.',
    evidence: 'Somebody tried both versions and changed nothing else; or QEMU 5.0 and a dark screen.',
    confusedWith:
      '`qemu.unknown-generation` and `qemu.legacy-not-for-generation`: changes that were intended, and have settings for them.',
    fix: 'Go back to the version that worked, hold it there, and try again with the next release.',
    sources: ['debian/changelog of pve-qemu', 'the reporter’s trial'],
  },
  'qemu.too-old': {
    title: 'This QEMU is too old for what the config asks',
    meaning:
      'The set-up needs something that only a newer QEMU has: `x-igd-legacy-mode` and `x-igd-lpc` came with 10.0, and no release before 10.1 can do anything with Core Ultra. An older one refuses the option, or does without.',
    evidence: 'QEMU’s version beside the option or the device id; mostly QEMU’s own “property not found”.',
    confusedWith:
      '`config.args-unknown-property`: a name that no QEMU has. `qemu.unknown-generation`: iGPUs that 9.2 alone does not know, where an older release helps as well.',
    fix: 'Update QEMU, or leave the option out.',
    sources: ['QEMU hw/vfio/igd.c and docs/igd-assign.txt, by release'],
  },
};
