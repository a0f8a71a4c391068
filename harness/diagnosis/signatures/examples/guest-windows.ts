import type { Examples } from './of-signature.ts';

/** Lines for the tests of `GUEST_WINDOWS`. */
export const GUEST_WINDOWS_EXAMPLES: Examples = {
  code43: {
    matches: [
      'Problem Code:               43 (0x2B) [CM_PROB_FAILED_POST_START]',
      'Windows has stopped this device because it has reported problems. (Code 43)',
    ],
    not: ['Problem Code:               28 (0x1C) [CM_PROB_FAILED_INSTALL]'],
  },
  'problem-code': {
    matches: ['Problem Code:               28 (0x1C) [CM_PROB_FAILED_INSTALL]'],
    not: ['Problem Code:               43 (0x2B) [CM_PROB_FAILED_POST_START]'],
  },
  'dxgk-549': {
    matches: ['Event 549: StartAdapter_DpiFdoEnumChildDevicesFailed'],
    not: ['Event 549: StartAdapter_DdiStartDeviceFailed'],
  },
  'installer-refuses': {
    matches: [
      'This system does not meet the minimum requirements for installing the software. Exit code: 8',
      'This operating system is not supported.',
    ],
    not: ['The installer needs administrator rights'],
  },
  tdr: {
    matches: [
      'VIDEO_TDR_FAILURE (igdkmdn64.sys)',
      'The computer has rebooted from a bugcheck.  The bugcheck was: 0x00000116 (0xffffae0f)',
      'Stop code 0x117 in igdkmdn64',
      'Display driver igfxn stopped responding and has successfully recovered.',
    ],
    not: ['VIDEO_MEMORY_MANAGEMENT_INTERNAL'],
  },
  'bsod-driver': {
    matches: ['PAGE_FAULT_IN_NONPAGED_AREA (igdkmd64.sys)'],
    not: ['PAGE_FAULT_IN_NONPAGED_AREA (storport.sys)'],
  },
  'internal-error': {
    matches: [
      'KVM internal error. Suberror: 1',
      'KVM: entry failed, hardware error 0x80000021',
      'status: internal-error',
    ],
    not: ['kvm: ignored rdmsr: 0x606'],
  },
};
