import type { Fold } from './rule.ts';
import { answers } from './rules/answers.ts';
import { attended } from './rules/attended.ts';
import { bootKind } from './rules/boot-kind.ts';
import { config } from './rules/config.ts';
import { deviceStatus } from './rules/device-status.ts';
import { driverIdentity } from './rules/driver-identity.ts';
import { droppedEvents } from './rules/dropped-events.ts';
import { guestReachability } from './rules/guest-reachability.ts';
import { lab } from './rules/lab.ts';
import { notHonoured } from './rules/not-honoured.ts';
import { qemuStart } from './rules/qemu-start.ts';
import { romContent } from './rules/rom-content.ts';
import { romLine } from './rules/rom-line.ts';
import { romMissing } from './rules/rom-missing.ts';
import { settling } from './rules/settling.ts';
import { statements } from './rules/statements.ts';

/** Counts the rules' versions: a result says by which it was judged. */
export const RULES_VERSION = '1';

/** Every rule, in order of rank: of two findings that weigh the same, the one of the earlier rule comes first. */
export const RULES: readonly Fold[] = [
  lab,
  attended,
  qemuStart,
  romContent,
  romMissing,
  driverIdentity,
  config,
  notHonoured,
  deviceStatus,
  guestReachability,
  settling,
  answers,
  bootKind,
  droppedEvents,
  statements,
  romLine,
];
