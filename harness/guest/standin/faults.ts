import type { Fault } from './fault.ts';
import { AGENT_DIES } from './faults/agent-dies.ts';
import { AGENT_FLOODS } from './faults/agent-floods.ts';
import { AGENT_GARBLES } from './faults/agent-garbles.ts';
import { AGENT_HANGS } from './faults/agent-hangs.ts';
import { BASIC_DISPLAY } from './faults/basic-display.ts';
import { CLOCK_JUMPS_BACK } from './faults/clock-jumps-back.ts';
import { CODE } from './faults/code.ts';
import { CODE_CLEARS } from './faults/code-clears.ts';
import { CODE_FLAPS } from './faults/code-flaps.ts';
import { CODE_LATE } from './faults/code-late.ts';
import { CONSTRAINED_LANGUAGE } from './faults/constrained-language.ts';
import { DEVICE_ABSENT } from './faults/device-absent.ts';
import { DEVICE_ELSEWHERE } from './faults/device-elsewhere.ts';
import { DEVICE_VANISHES } from './faults/device-vanishes.ts';
import { DOUBLED_ANSWER } from './faults/doubled-answer.ts';
import { EXEC_DISABLED } from './faults/exec-disabled.ts';
import { EXEC_FLOODS } from './faults/exec-floods.ts';
import { EXEC_HOLDS_PIPES } from './faults/exec-holds-pipes.ts';
import { EXEC_KILLED } from './faults/exec-killed.ts';
import { EXEC_NEVER_ENDS } from './faults/exec-never-ends.ts';
import { EXEC_SILENT } from './faults/exec-silent.ts';
import { EXEC_UNKNOWN } from './faults/exec-unknown.ts';
import { HYBRID_START } from './faults/hybrid-start.ts';
import { INSTALLING } from './faults/installing.ts';
import { KERNEL_PANIC } from './faults/kernel-panic.ts';
import { LATE_AGENT } from './faults/late-agent.ts';
import { MOJIBAKE_ANSWER } from './faults/mojibake-answer.ts';
import { NO_AGENT } from './faults/no-agent.ts';
import { NO_SYSTEM } from './faults/no-system.ts';
import { NOT_STARTED } from './faults/not-started.ts';
import { OOBE } from './faults/oobe.ts';
import { OPINIONS_DIFFER } from './faults/opinions-differ.ts';
import { OTHER_DRIVER } from './faults/other-driver.ts';
import { PANIC_WITH_DEVICE } from './faults/panic-with-device.ts';
import { POWERSHELL_BLOCKED } from './faults/powershell-blocked.ts';
import { POWERSHELL_MISSING } from './faults/powershell-missing.ts';
import { PROGRAMS_BLOCKED } from './faults/programs-blocked.ts';
import { REBOOT_LATER } from './faults/reboot-later.ts';
import { REBOOT_LOOP } from './faults/reboot-loop.ts';
import { SECOND_DISPLAY } from './faults/second-display.ts';
import { SHUTDOWN_LATER } from './faults/shutdown-later.ts';
import { SLOW_PROBE } from './faults/slow-probe.ts';
import { STALE_ANSWERS } from './faults/stale-answers.ts';
import { TRUNCATED_ANSWER } from './faults/truncated-answer.ts';
import { TWIN_DISPLAY } from './faults/twin-display.ts';
import { WATCHDOG_BITES } from './faults/watchdog-bites.ts';
import { WRONG_NONCE } from './faults/wrong-nonce.ts';

/** Every fault that the stand-in guest can be asked for, by the name that a scenario's key `fault` gives it. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'agent-dies': AGENT_DIES,
  'agent-floods': AGENT_FLOODS,
  'agent-garbles': AGENT_GARBLES,
  'agent-hangs': AGENT_HANGS,
  'basic-display': BASIC_DISPLAY,
  'clock-jumps-back': CLOCK_JUMPS_BACK,
  code: CODE,
  'code-clears': CODE_CLEARS,
  'code-flaps': CODE_FLAPS,
  'code-late': CODE_LATE,
  'constrained-language': CONSTRAINED_LANGUAGE,
  'device-absent': DEVICE_ABSENT,
  'device-elsewhere': DEVICE_ELSEWHERE,
  'device-vanishes': DEVICE_VANISHES,
  'doubled-answer': DOUBLED_ANSWER,
  'exec-disabled': EXEC_DISABLED,
  'exec-floods': EXEC_FLOODS,
  'exec-holds-pipes': EXEC_HOLDS_PIPES,
  'exec-killed': EXEC_KILLED,
  'exec-never-ends': EXEC_NEVER_ENDS,
  'exec-silent': EXEC_SILENT,
  'exec-unknown': EXEC_UNKNOWN,
  'hybrid-start': HYBRID_START,
  installing: INSTALLING,
  'kernel-panic': KERNEL_PANIC,
  'late-agent': LATE_AGENT,
  'mojibake-answer': MOJIBAKE_ANSWER,
  'no-agent': NO_AGENT,
  'no-system': NO_SYSTEM,
  'not-started': NOT_STARTED,
  oobe: OOBE,
  'opinions-differ': OPINIONS_DIFFER,
  'other-driver': OTHER_DRIVER,
  'panic-with-device': PANIC_WITH_DEVICE,
  'powershell-blocked': POWERSHELL_BLOCKED,
  'powershell-missing': POWERSHELL_MISSING,
  'programs-blocked': PROGRAMS_BLOCKED,
  'reboot-later': REBOOT_LATER,
  'reboot-loop': REBOOT_LOOP,
  'second-display': SECOND_DISPLAY,
  'shutdown-later': SHUTDOWN_LATER,
  'slow-probe': SLOW_PROBE,
  'stale-answers': STALE_ANSWERS,
  'truncated-answer': TRUNCATED_ANSWER,
  'twin-display': TWIN_DISPLAY,
  'watchdog-bites': WATCHDOG_BITES,
  'wrong-nonce': WRONG_NONCE,
};
