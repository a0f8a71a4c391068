import type { Fault } from '../fault.ts';

/** No kernel is given to QEMU, and the VM has no disk. */
export const NO_SYSTEM: Fault = {
  summary: 'the VM has no operating system to boot',
  script: '',
  withoutSystem: true,
};
