import type { Signature } from '../signature.ts';
import { fails, works } from '../subject/trouble.ts';
import { fix, inGuest, onHost } from './fix.ts';
import { certain } from './severity.ts';

/** What Windows, its drivers and KVM say when a Windows guest goes wrong. */
export const GUEST_WINDOWS: readonly Signature[] = [
  {
    id: 'code43',
    emitters: ['guest'],
    literals: ['CM_PROB_FAILED_POST_START', '43 (0x2B)', '(Code 43)'],
    pattern: /CM_PROB_FAILED_POST_START|\b43 \(0x2B\)|\(Code 43\)/i,
    means:
      'The graphics driver gave up after a successful start. It says nothing of why; and the device may be another one.',
    source: 'Windows, cfg.h; pnputil',
    finding: null,
  },
  {
    id: 'problem-code',
    emitters: ['guest'],
    literals: ['CM_PROB_'],
    pattern: /\b(?<code>\d{1,2}) \(0x[0-9a-f]{1,2}\) \[(?<name>CM_PROB_(?!FAILED_POST_START)\w{1,40})\]/i,
    means: 'Windows’ problem code of a device; which device stands around it.',
    source: 'Windows, cfg.h; pnputil',
    finding: null,
  },
  {
    id: 'dxgk-549',
    emitters: ['guest'],
    literals: ['DpiFdoEnumChildDevices'],
    pattern: /StartAdapter_DpiFdoEnumChildDevicesFailed/,
    means:
      'The adapter failed to start when it listed its displays: the fault lies with OpRegion, VBT or port, not with memory.',
    source: 'Windows event log, Microsoft-Windows-DxgKrnl-Admin, event 549',
    finding: {
      id: 'guest.display-enumeration',
      title: 'The driver fails when it lists its displays',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      collect: ['The ROM, the OpRegion setting (x-igd-opregion) and the port the monitor is on'],
    },
  },
  {
    id: 'installer-refuses',
    emitters: ['guest'],
    literals: [
      'does not meet the minimum requirements',
      'not validated for this computer',
      'no driver was found that can be installed',
      'Exit code: 8',
      'operating system is not supported',
      'not supported on this operating system',
      'not compatible with this version of Windows',
    ],
    pattern:
      /does not meet the minimum requirements for installing|not validated for this computer|no driver was found that can be installed|\bExit code: 8\b|operating system is not supported|not supported on this operating system|not compatible with this version of Windows/i,
    means:
      'Intel’s installer does not take the device: a driver package for other generations, or a device that the guest does not see.',
    source: 'Intel’s installer; user logs',
    finding: {
      id: 'guest.driver-version',
      title: 'Intel’s installer does not take this device',
      severity: (_, of) => (works(of) ? 'info' : fails(of) ? 'cause' : 'warning'),
      confidence: certain,
      fix: fix(
        'A package serves some generations only; Device Manager with “Have Disk” says more than the installer.',
        'user logs',
        inGuest('Take the package for this generation (11th to 14th, 7th to 10th, Core Ultra)'),
      ),
    },
  },
  {
    id: 'tdr',
    emitters: ['guest'],
    literals: [
      'VIDEO_TDR',
      'stopped responding and has',
      'bugcheck',
      'bug check',
      'stop code',
      'stopcode',
      'igdkmd',
    ],
    pattern:
      /VIDEO_TDR_(?<kind>FAILURE|TIMEOUT_DETECTED|ERROR)|Display driver (?<driver>\w{1,30}) stopped responding and has|(?:bug ?check|stop ?code)\b.{0,40}\b0x0{0,6}(?<code>11[6-9]|113|10e|141|ea)\b|\b0x0{0,6}(?<code2>116|117|119)\b.{0,60}\bigd\w{2,10}\.sys/i,
    means: 'The graphics driver hung and Windows reset it or stopped.',
    source: 'Windows, bugcheck 0x116; event 4101 of provider Display',
    finding: {
      id: 'guest.bsod',
      title: 'Windows reset its graphics driver, which hung',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      confidence: (signals) =>
        signals.some(({ message }) => /VIDEO_TDR|0x0{0,6}1/i.test(message)) ? 'certain' : 'likely',
      collect: ['the release of Intel’s driver, and whether another one crashes, too'],
    },
  },
  {
    id: 'bsod-driver',
    emitters: ['guest'],
    literals: [
      'PAGE_FAULT_IN_NONPAGED_AREA',
      'IRQL_NOT_LESS_OR_EQUAL',
      'SYSTEM_SERVICE_EXCEPTION',
      'THREAD_STUCK_IN_DEVICE_DRIVER',
      'SYSTEM_THREAD_EXCEPTION',
    ],
    pattern:
      /(?<bugcheck>PAGE_FAULT_IN_NONPAGED_AREA|(?:DRIVER_)?IRQL_NOT_LESS_OR_EQUAL|SYSTEM_SERVICE_EXCEPTION|THREAD_STUCK_IN_DEVICE_DRIVER|SYSTEM_THREAD_EXCEPTION_NOT_HANDLED)\b.{0,80}\b(?<driver>igdkmd\w{0,10}|igfx\w{0,10}|igd\w{2,10})\.sys/i,
    means: 'A blue screen in Intel’s graphics driver.',
    source: 'Windows’ bug checks; user logs',
    finding: {
      id: 'guest.bsod',
      title: 'Windows stops in Intel’s graphics driver',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      confidence: certain,
      fix: fix(
        'Driver releases differ here.',
        'user logs',
        inGuest('Install another release of Intel’s driver'),
      ),
    },
  },
  {
    id: 'internal-error',
    emitters: ['qemu', 'host-kernel', 'proxmox'],
    literals: ['KVM internal error', 'KVM: entry failed', 'status: internal-error', '"internal-error"'],
    pattern:
      /KVM internal error\. Suberror: (?<suberror>\d{1,3})|KVM: entry failed, hardware error (?<error>0x[0-9a-f]{1,10})|status: internal-error|"status": ?"internal-error"/i,
    means:
      'KVM stopped the VM over something it could not run. Seldom the iGPU; old microcode is one known reason.',
    source: 'accel/kvm/kvm-all.c',
    finding: {
      id: 'host.crash',
      title: 'KVM stopped the VM with an internal error',
      severity: (_, of) => (works(of) ? 'info' : 'contributing'),
      fix: fix(
        'Known on some small processors with old microcode.',
        'user logs',
        onHost('Install the package intel-microcode, restart'),
      ),
      collect: ['The registers that QEMU printed after it', 'grep microcode /proc/cpuinfo'],
    },
  },
];
