import type { FindingId } from '../finding-id.ts';
import type { Entry } from './entry.ts';

type Grouped = `${'rom' | 'opregion' | 'qemu' | 'config' | 'host' | 'sriov' | 'guest'}.${string}`;

/** Sound, other makers' devices, and the two plain answers. */
export const OTHER: { readonly [Id in Exclude<FindingId, Grouped>]: Entry } = {
  'audio.not-passed': {
    title: 'The sound device is not passed',
    meaning:
      'Sound over HDMI comes from another device of the host, mostly 00:1f.3, and not from 00:02.0. It needs to go to the VM as well, with all others of its IOMMU group. The picture needs none of them.',
    evidence: 'A guest without sound, and a config without that device.',
    confusedWith: 'A missing driver for sound in the guest: once passed, it needs one.',
    fix: 'Pass 0000:00:1f.3 as a further device if all of its group may go. Some boards (11th generation) also want a setting of the BIOS.',
    sources: ['lspci of Intel platforms', 'README of intel-igpu ROM projects'],
  },
  'device.other-vendor': {
    title: 'The device is no Intel iGPU',
    meaning:
      'What is passed is a card of NVIDIA, AMD or Intel (Arc), or graphics of an AMD processor. Code 43, the ROM lines and resets have other reasons there, so no cause is claimed from what is known of Intel’s iGPUs.',
    evidence: 'The device’s id, its name, or the drivers that speak in the log.',
    confusedWith: 'The same lines with an iGPU. A host may have both: it counts which one the VM gets.',
    fix: null,
    sources: ['pci.ids', 'Linux include/drm/intel/pciids.h'],
  },
  works: {
    title: 'The set-up works',
    meaning:
      'By a machine’s reading or a person’s word nothing is wrong. Lines that look frightening may be listed below it: they appear on working systems, too.',
    evidence:
      'A status of the device with Intel’s driver started, or somebody who says so. A word alone is likely, not certain.',
    confusedWith: '`guest.basic-display-driver` and `guest.not-settled`: code 0 alone is no proof.',
    fix: null,
    sources: ['docs/verdicts.md'],
  },
  unknown: {
    title: 'What was given does not decide it',
    meaning:
      'Nothing proves one cause, and a guess would cost more than no answer. What to collect next is listed with it, in the order in which it helps.',
    evidence: 'That no rule found enough.',
    confusedWith: '`works`: nothing was seen to work either.',
    fix: 'Collect what is listed, and run `code43 diagnose` again with everything together.',
    sources: ['docs/verdicts.md'],
  },
};
