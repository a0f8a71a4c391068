import type { Rule } from '../rule.ts';
import { driverReplaced } from './driver-replaced.ts';
import { guestDriver } from './guest-driver.ts';
import { guestPrograms } from './guest-programs.ts';
import { notSettled } from './not-settled.ts';
import { symptoms } from './symptoms.ts';
import { vbs } from './vbs.ts';

/** Every rule about what is told or seen of the guest. */
export const GUEST_RULES: readonly Rule[] = [
  guestDriver,
  guestPrograms,
  driverReplaced,
  notSettled,
  vbs,
  symptoms,
];
