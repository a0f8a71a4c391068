import type { FindingId } from './finding-id.ts';
import { CONFIG } from './reference/config.ts';
import type { Entry } from './reference/entry.ts';
import { GUEST } from './reference/guest.ts';
import { HOST } from './reference/host.ts';
import { OPREGION } from './reference/opregion.ts';
import { OTHER } from './reference/other.ts';
import { QEMU } from './reference/qemu.ts';
import { ROM } from './reference/rom.ts';
import { SRIOV } from './reference/sriov.ts';

/** What each finding means, for people. No diagnosis needs it: it stays out of what a browser loads. */
export const REFERENCE: Readonly<Record<FindingId, Entry>> = {
  ...ROM,
  ...OPREGION,
  ...QEMU,
  ...CONFIG,
  ...HOST,
  ...SRIOV,
  ...GUEST,
  ...OTHER,
};
