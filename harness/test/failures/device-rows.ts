import type { Row } from './row.ts';

/** How each is noticed: by group, and in a group by scenario. */
const SEEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'A problem code, or none where there should be one': {
    'device-code': 'both readings of the problem code name it for the whole window',
    'device-code-clears': 'code 43 in the first answers, then health for the window',
    'device-code-late': 'health in the first answers, then code 43 for the window',
    'device-code-late-20s': 'the same after 20 seconds',
    'device-code-flaps': 'no status holds for the window',
    'device-opinions-differ': 'the two readings of the problem code differ',
    'device-not-started': 'code 0, and the status flags lack "started"',
  },
  'Which device, run by what': {
    'device-basic-display': 'code 0, run by BasicDisplay from display.inf',
    'device-other-driver': 'code 0, run by another driver than the host file names',
    'device-absent': 'other PCI devices are there, none has the id',
    'device-vanishes': 'it was in earlier answers of the same boot',
    'device-elsewhere': 'the id is there, at another address',
    'device-second': 'a second display device has another id',
    'device-twin': 'a second display device has the id, at another address',
  },
  'The probe answers, but not as it should': {
    'probe-slow': 'each answer takes seconds',
    'probe-wrong-nonce': 'the answer carries another nonce',
    'probe-truncated': 'the answer is shorter than it says',
    'probe-doubled': 'two answers, the last one whole',
    'probe-mojibake': 'the answer has bytes that are no ASCII',
  },
  "The guest's PowerShell does not answer": {
    'probe-blocked': 'nothing on stdout, exit code 1; pnputil, wmic and reg answer',
    'probe-missing': 'the agent cannot start it; pnputil, wmic and reg answer',
    'probe-limited': 'it says so (`@@IGPU1 CLM`); pnputil, wmic and reg answer',
    'probe-programs-blocked': 'the agent can start none of the programs',
  },
  'The state of Windows': {
    'probe-oobe': 'ImageState is not complete for as long as it is asked',
    'probe-installing': 'an installer runs in the first answers',
    'probe-hybrid-start': 'event 27 of Kernel-Boot names fast start-up',
    'probe-hybrid-reset': 'the same after a reset',
  },
};

/** What the guest's own word on the device may be. Any machine can provoke them, and one run boots them all. */
export const DEVICE_ROWS: readonly Row[] = Object.entries(SEEN).flatMap(([group, rows]) =>
  Object.entries(rows).map(([id, seen]) => ({ id, group, seen })),
);
