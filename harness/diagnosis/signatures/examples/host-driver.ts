import type { Examples } from './of-signature.ts';

/** Lines for the tests of `HOST_DRIVER`. */
export const HOST_DRIVER_EXAMPLES: Examples = {
  'i915-oops': {
    matches: [
      'Workqueue: i915 __i915_vm_release [i915]',
      'RIP: 0010:intel_runtime_pm_put+0x5c/0x70 [i915]',
      'WARNING: CPU: 4 PID: 2201 at arch/x86/mm/ioremap.c:459 iounmap+0x2a/0x100',
    ],
    not: ['Modules linked in: vfio_pci vfio i915 kvm_intel'],
  },
  'host-panic': {
    matches: [
      'Kernel panic - not syncing: Fatal exception in interrupt',
      'watchdog: BUG: soft lockup - CPU#2 stuck for 22s! [kvm:1234]',
      'BUG: kernel NULL pointer dereference, address: 0000000000000010',
    ],
    not: ['NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.'],
  },
  'hung-task': {
    matches: [
      'INFO: task task UPID:pve::2090 blocked for more than 122 seconds.',
      'INFO: task kvm:2090 blocked for more than 120 seconds.',
    ],
    not: ['INFO: rcu_preempt detected stalls on CPUs/tasks'],
  },
  'unbind-trace': {
    matches: [
      ' i915_pci_remove+0x1f/0x40 [i915]',
      ' xe_device_remove+0x3a/0x90 [xe]',
      ' i915_driver_remove+0xa0/0x120 [i915]',
    ],
    not: [' nvme_remove+0x1f/0x40 [nvme]'],
  },
  oom: {
    matches: ['Out of memory: Killed process 2090 (kvm) total-vm:17825792kB, anon-rss:15728640kB'],
    not: ['Out of memory: Killed process 900 (mysqld) total-vm:1782579kB'],
  },
  'host-gpu-hang': {
    matches: ['i915 0000:00:02.0: [drm] GPU HANG: ecode 12:1:85dffffb, in kvm [2090]'],
    not: ['i915 0000:00:02.0: [drm] GuC firmware i915/tgl_guc_70.bin version 70.5.1'],
  },
  'host-wedged': {
    matches: ['i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!'],
    not: ['i915 0000:00:02.0: [drm] GT0: Resetting chip for stopped heartbeat on rcs0'],
  },
  'audio-component': {
    matches: ["snd_hda_intel 0000:00:1f.3: couldn't bind with audio component"],
    not: ['snd_hda_intel 0000:00:1f.3: bound 0000:00:02.0 (ops i915_audio_component_bind_ops [i915])'],
  },
  rdmsr: {
    matches: [
      'kvm [2090]: vcpu2, guest rIP: 0xfffff8044c7e1a2b ignored rdmsr: 0x641 data 0x0',
      'kvm: kvm [2090]: ignored rdmsr: 0x606 data 0x0',
      'kvm_intel: kvm [2090]: vcpu0, guest rIP: 0xfffff8044c7e1a2b Unhandled WRMSR(0x1d9) = 0x1',
    ],
    not: ['kvm: Guest access to guest MSR PMU'],
  },
  'split-lock': {
    matches: [
      'x86/split lock detection: #AC: CPU 0/KVM/2091 took a split_lock trap at address: 0xfffff8044c7e1a2b',
    ],
    not: ['x86/split lock detection: #AC: crashing the kernel on kernel split_locks'],
  },
};
