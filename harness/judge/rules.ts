import type { Fold } from './rule.ts';
import { agentRefusals } from './rules/agent-refusals.ts';
import { answers } from './rules/answers.ts';
import { attended } from './rules/attended.ts';
import { bootKind } from './rules/boot-kind.ts';
import { config } from './rules/config.ts';
import { deviceStatus } from './rules/device-status.ts';
import { driverIdentity } from './rules/driver-identity.ts';
import { droppedEvents } from './rules/dropped-events.ts';
import { guestClock } from './rules/guest-clock.ts';
import { guestDriverLog } from './rules/guest-driver-log.ts';
import { guestMedia } from './rules/guest-media.ts';
import { guestReachability } from './rules/guest-reachability.ts';
import { hybridStart } from './rules/hybrid-start.ts';
import { lab } from './rules/lab.ts';
import { machineEnding } from './rules/machine-ending.ts';
import { notHonoured } from './rules/not-honoured.ts';
import { qemuStart } from './rules/qemu-start.ts';
import { romContent } from './rules/rom-content.ts';
import { romLine } from './rules/rom-line.ts';
import { romMissing } from './rules/rom-missing.ts';
import { settling } from './rules/settling.ts';
import { statements } from './rules/statements.ts';
import { traceIntegrity } from './rules/trace-integrity.ts';

/** Counts the rules' versions: a result says by which it was judged. */
export const RULES_VERSION = '3';

/** Every rule, in order of rank: of two findings that weigh the same, the one of the earlier rule comes first. */
export const RULES: readonly Fold[] = [
  lab,
  attended,
  traceIntegrity,
  qemuStart,
  romContent,
  romMissing,
  driverIdentity,
  config,
  notHonoured,
  deviceStatus,
  guestDriverLog,
  machineEnding,
  guestReachability,
  agentRefusals,
  settling,
  answers,
  guestClock,
  bootKind,
  hybridStart,
  guestMedia,
  droppedEvents,
  statements,
  romLine,
];
