import type { Row } from './row.ts';

const CODES = 'A problem code, or none where there should be one';
const DEVICE = 'Which device, run by what';
const ANSWER = 'The probe answers, but not as it should';
const BLOCKED = "The guest's PowerShell does not answer";
const GUEST = 'The state of Windows';

/** What the guest's own word on the device may be, a scenario each; some have several cells. */
export const DEVICE_ROWS: readonly Pick<Row, 'id' | 'group' | 'seen'>[] = [
  { id: 'device-code', group: CODES, seen: 'both readings of the problem code name it for the whole window' },
  {
    id: 'device-code-clears',
    group: CODES,
    seen: 'code 43 in the first answers, then health for the window',
  },
  { id: 'device-code-late', group: CODES, seen: 'health in the first answers, then code 43 for the window' },
  { id: 'device-code-late-20s', group: CODES, seen: 'the same after 20 seconds' },
  { id: 'device-code-flaps', group: CODES, seen: 'no status holds for the window' },
  { id: 'device-opinions-differ', group: CODES, seen: 'the two readings of the problem code differ' },
  { id: 'device-not-started', group: CODES, seen: 'code 0, and the status flags lack "started"' },
  { id: 'device-basic-display', group: DEVICE, seen: 'code 0, run by BasicDisplay from display.inf' },
  {
    id: 'device-other-driver',
    group: DEVICE,
    seen: 'code 0, run by another driver than the host file names',
  },
  { id: 'device-absent', group: DEVICE, seen: 'other PCI devices are there, none has the id' },
  { id: 'device-vanishes', group: DEVICE, seen: 'it was in earlier answers of the same boot' },
  { id: 'device-elsewhere', group: DEVICE, seen: 'the id is there, at another address' },
  { id: 'device-second', group: DEVICE, seen: 'a second display device has another id' },
  { id: 'device-twin', group: DEVICE, seen: 'a second display device has the id, at another address' },
  { id: 'probe-slow', group: ANSWER, seen: 'each answer takes seconds' },
  { id: 'probe-wrong-nonce', group: ANSWER, seen: 'the answer carries another nonce' },
  { id: 'probe-truncated', group: ANSWER, seen: 'the answer is shorter than it says' },
  { id: 'probe-doubled', group: ANSWER, seen: 'two answers, the last one whole' },
  { id: 'probe-mojibake', group: ANSWER, seen: 'the answer has bytes that are no ASCII' },
  {
    id: 'probe-blocked',
    group: BLOCKED,
    seen: 'nothing on stdout, exit code 1; pnputil, wmic and reg answer',
  },
  { id: 'probe-missing', group: BLOCKED, seen: 'the agent cannot start it; pnputil, wmic and reg answer' },
  { id: 'probe-limited', group: BLOCKED, seen: 'it says so (`@@IGPU1 CLM`); pnputil, wmic and reg answer' },
  { id: 'probe-programs-blocked', group: BLOCKED, seen: 'the agent can start none of the programs' },
  { id: 'probe-oobe', group: GUEST, seen: 'ImageState is not complete for as long as it is asked' },
  { id: 'probe-installing', group: GUEST, seen: 'an installer runs in the first answers' },
  { id: 'probe-hybrid-start', group: GUEST, seen: 'event 27 of Kernel-Boot names fast start-up' },
  { id: 'probe-hybrid-reset', group: GUEST, seen: 'the same after a reset' },
];
