import type { Signature } from '../signature.ts';
import { fails, works } from '../subject/trouble.ts';
import { onHost, fix } from './fix.ts';
import { refusal } from './severity.ts';

/** Kernel: crashes and hangs of the host, and lines that only look like them. */
export const HOST_DRIVER: readonly Signature[] = [
  {
    id: 'i915-oops',
    emitters: ['host-kernel'],
    literals: ['Workqueue: i915', 'RIP: 0010:', 'iounmap+0x'],
    pattern:
      /Workqueue: (?<driver>i915)\S{0,20} __i915_vm_release|\bRIP: 0010:(?<where>[\w.]{1,60})\+0x[0-9a-f]{1,6}\/0x[0-9a-f]{1,6} \[(?<driver2>i915|xe)\]|\bWARNING: CPU: .{1,80} iounmap\+0x/,
    means: 'The host’s graphics driver crashed or warned. The lines before it say which.',
    source: 'user logs; kernel traces',
    finding: {
      id: 'host.crash',
      title: 'The host’s graphics driver crashed',
      severity: (_, of) => (works(of) ? 'info' : fails(of) ? 'contributing' : 'warning'),
      fix: fix(
        'A driver that never loads cannot crash. Only for a whole iGPU: VFs need the driver.',
        'user logs',
        onHost(
          "printf 'blacklist i915\\nblacklist xe\\n' > /etc/modprobe.d/igpu.conf && update-initramfs -u, then restart",
        ),
      ),
    },
  },
  {
    id: 'host-panic',
    emitters: ['host-kernel'],
    literals: [
      'Kernel panic - not syncing',
      'BUG: soft lockup',
      'hard LOCKUP',
      'BUG: kernel NULL',
      'BUG: unable to handle',
    ],
    pattern:
      /(?<what>Kernel panic - not syncing|BUG: soft lockup|hard LOCKUP|BUG: (?:kernel NULL pointer|unable to handle))/i,
    means: 'The host’s kernel crashed or hung. The line alone does not blame the iGPU.',
    source: 'kernel/panic.c, kernel/watchdog.c',
    finding: {
      id: 'host.crash',
      title: 'The host’s kernel crashed or hung',
      severity: (_, of) =>
        works(of) ? 'info' : of.facts.has('symptom', 'host-freezes') ? 'contributing' : 'warning',
      collect: ['The lines after it, to the end of the trace'],
    },
  },
  {
    id: 'hung-task',
    emitters: ['host-kernel'],
    literals: ['blocked for more than'],
    pattern: /INFO: task (?<task>.{1,60}):\d{1,10} blocked for more than (?<seconds>\d{1,6}) seconds/,
    means:
      'A process waits without end, such as one that takes the device from its driver. It does not say for what.',
    source: 'kernel/hung_task.c',
    finding: null,
  },
  {
    id: 'unbind-trace',
    emitters: ['host-kernel'],
    literals: ['_driver_remove+0x', '_pci_remove+0x', '_device_remove+0x'],
    pattern:
      /\b(?<driver>i915|xe)_(?:driver|pci|device)_remove(?:\.\w{1,12})?\+0x|\bdrm_dev_unplug\+0x.{0,40}\[(?<driver2>i915|xe)\]/,
    means:
      'The graphics driver of the host is being taken from the device, and that is where the kernel stands or fell: something still uses it.',
    source: 'drivers/gpu/drm/i915/i915_pci.c, i915_pci_remove(); drivers/gpu/drm/xe/xe_pci.c',
    finding: {
      id: 'host.driver-bound',
      title: 'The VM takes the iGPU from the host’s own driver, which does not let go',
      severity: (signals, of) =>
        of.signals.has('hung-task', 'host-panic', 'i915-oops') || fails(of)
          ? refusal(signals, of)
          : 'warning',
      confidence: (_, of) => (of.signals.has('hung-task') ? 'certain' : 'likely'),
      fix: fix(
        'Give the device to vfio-pci before any driver of the host takes it.',
        'drivers/gpu/drm/i915/i915_pci.c',
        onHost(
          "printf 'blacklist i915\\nblacklist xe\\n' > /etc/modprobe.d/igpu.conf && update-initramfs -u, then restart",
        ),
      ),
    },
  },
  {
    id: 'oom',
    emitters: ['host-kernel'],
    literals: ['Out of memory: Killed process', 'Out of memory: Kill process'],
    pattern: /Out of memory: Kill(?:ed)? process \d{1,10} \((?<task>kvm|qemu[\w-]{0,30})\)/,
    means:
      'The host ran out of memory and ended the VM. With a passed device all of its memory is in use from the start.',
    source: 'mm/oom_kill.c',
    finding: {
      id: 'host.memlock',
      title: 'The host ran out of memory and ended the VM',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      fix: fix('A VM with a passed device uses all of its memory at once.', 'mm/oom_kill.c', {
        where: 'vm',
        text: 'Give the VM less memory, and switch ballooning off',
      }),
    },
  },
  {
    id: 'host-gpu-hang',
    emitters: ['host-kernel'],
    literals: ['GPU HANG'],
    pattern: /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): \[drm\] GPU HANG: ecode (?<ecode>[\w:]{1,40})/,
    means:
      'A program hung the GPU under the host’s driver, which then resets it. With VFs a guest can be the one.',
    source: 'drivers/gpu/drm/i915/i915_gpu_error.c',
    finding: null,
  },
  {
    id: 'host-wedged',
    emitters: ['host-kernel'],
    literals: ['declaring it wedged', 'has declared device'],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,80}(?:declaring it wedged|has declared device .{1,20} as wedged)/,
    means:
      'The host’s driver gave the GPU up. Right after a passthrough it means that the device came back in a bad state.',
    source: 'drivers/gpu/drm/i915/i915_gem.c; drivers/gpu/drm/xe/xe_device.c',
    finding: null,
  },
  {
    id: 'audio-component',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ["couldn't bind with audio component"],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): couldn't bind with audio component/,
    means:
      'Sound over HDMI waits for the graphics driver, which is not there. Expected on a host that gave its iGPU away.',
    source: 'sound/hda/hdac_component.c',
    finding: null,
  },
  {
    id: 'rdmsr',
    emitters: ['host-kernel'],
    literals: ['ignored rdmsr', 'ignored wrmsr', 'unhandled rdmsr', 'unhandled wrmsr'],
    pattern: /\bkvm\b.{0,60}\b(?:ignored|unhandled) (?<what>rdmsr|wrmsr)(?:: |\()0x(?<msr>[0-9a-f]{1,8})/i,
    means: 'The guest asks for a processor register that KVM does not have, such as power meters. Harmless.',
    source: 'arch/x86/kvm/x86.c',
    finding: null,
  },
  {
    id: 'split-lock',
    emitters: ['host-kernel'],
    literals: ['split_lock trap', 'bus_lock trap', 'split lock detection'],
    pattern: /\/(?<task>\d{1,10}) took a (?:split_lock|bus_lock) trap/,
    means:
      'A program in the guest uses memory in a way that the host slows down. It can make a VM slow, not a device fail.',
    source: 'arch/x86/kernel/cpu/intel.c, split_lock_warn()',
    finding: null,
  },
];
