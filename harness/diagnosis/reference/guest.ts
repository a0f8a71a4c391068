import type { EntriesOf } from './entry.ts';

/** What is seen inside the guest, and what is wrong there. */
export const GUEST: EntriesOf<'guest'> = {
  'guest.code43': {
    title: 'Windows shows Code 43: its driver gave up',
    meaning:
      'Intel’s driver started, then reported that the device has failed. It does not say what for, and it can come late, or clear and come back. So it is a sign of a trouble, and many troubles end in it.',
    evidence: 'Problem code 43 of the iGPU itself, not of another device.',
    confusedWith: 'A cause. With a cause known, this only confirms it.',
    fix: 'Find the cause. `code43 diagnose` asks for what it needs: the config, the host’s log, the driver’s version, event 549 of DxgKrnl-Admin.',
    sources: ['Windows SDK cfg.h, CM_PROB_FAILED_POST_START', 'Windows driver documentation on Code 43'],
  },
  'guest.problem-code': {
    title: 'Windows reports another problem code',
    meaning:
      'The number says at which step Windows gave up: 28 no driver, 12 not enough room for the device’s memory, 10 the start failed, 22 switched off by somebody, 14 restart wanted. Like Code 43 it is a sign, and it narrows the search more than that one does.',
    evidence: 'The problem code of the iGPU itself.',
    confusedWith: '`guest.code43`: that comes after a start that went well.',
    fix: 'Follow the number. 18, 21 and 54 pass by themselves; 14 wants a restart of the guest.',
    sources: ['Windows SDK cfg.h', 'Windows driver documentation, Device Manager error messages'],
  },
  'guest.basic-display-driver': {
    title: 'Windows runs the device with its Basic Display driver',
    meaning:
      'Microsoft’s fall-back driver shows a picture, reports no problem, and uses nothing of the iGPU. Intel’s driver is not installed, or did not bind. Code 0 is therefore no proof that passthrough works.',
    evidence:
      'Service BasicDisplay, provider Microsoft, `display.inf`, a driver version that starts with 10.0.',
    confusedWith: '`works`: the Device Manager shows no warning.',
    fix: 'Install Intel’s driver for this generation, restart, and look at the driver’s name and version again.',
    sources: ['Windows driver documentation, Microsoft Basic Display Driver'],
  },
  'guest.driver-missing': {
    title: 'The guest has no driver that can drive the device',
    meaning:
      'The device reached the guest, and the driver lacks there. Linux: a cloud kernel without graphics, a module that does not load, no media driver, or none that knows virtual functions. Windows: code 28, or an emulated processor that the installer does not like.',
    evidence:
      'Code 28; a missing module or “Unknown symbol”; `lspci -nnk` in the guest without `Kernel driver in use`; a program that finds no `/dev/dri`.',
    confusedWith:
      'A failed passthrough. If the guest lists the device, that part is done. A container or another user may also just lack the right to `/dev/dri/renderD128`.',
    fix: 'Windows: Intel’s driver. Linux: a full kernel (`linux-image-amd64`, `linux-generic`), firmware and the media driver; for a virtual function the same out-of-tree i915 as on the host, or xe.',
    sources: [
      'Windows SDK cfg.h, CM_PROB_FAILED_INSTALL',
      'kernel configurations of Debian and Ubuntu',
      'i915-sriov-dkms',
    ],
  },
  'guest.driver-version': {
    title: 'It depends on the guest driver’s version',
    meaning:
      'The guest’s driver is too old for the iGPU, made for other generations, or one release of it has a fault. A set-up that worked until Windows updated the driver belongs here, too.',
    evidence:
      'A trial with two versions; an installer that refuses the device; Linux’ “require force_probe protection”.',
    confusedWith: '`guest.driver-missing`: here there is one.',
    fix: 'Install the version that is known to work, and keep Windows Update from replacing it (`ExcludeWUDriversInQualityUpdate=1`). Linux: a newer kernel.',
    sources: ['i915-sriov-dkms, issue 8', 'Linux drivers/gpu/drm/i915/i915_pci.c', 'reports of users'],
  },
  'guest.driver-replaced': {
    title: 'The guest’s driver was replaced',
    meaning:
      'Windows Update put another version of the driver in place, with or without asking. A set-up that somebody proved with one version is then another one.',
    evidence:
      'The driver’s version or date differs between two boots; event 400 of Kernel-PnP names what was installed when.',
    confusedWith: '`guest.driver-version`: what comes of it if the new one is bad.',
    fix: 'Roll the driver back, and set `ExcludeWUDriversInQualityUpdate=1`.',
    sources: ['Windows event log, Microsoft-Windows-Kernel-PnP/Configuration', 'reports of users'],
  },
  'guest.vbs': {
    title: 'The guest runs a hypervisor of its own',
    meaning:
      'Virtualisation-based security, WSL 2, Hyper-V, Windows Sandbox and Windows Hello’s protection put Windows on its own hypervisor inside the VM. Several owners saw Code 43 from the restart on with which it was switched on, and none after it was off again.',
    evidence:
      '`msinfo32` says that virtualisation-based security is running, and the device fails. A trial with it off decides.',
    confusedWith: '`guest.hypervisor-hidden`: what the guest is told of the hypervisor below it.',
    fix: 'In the guest: `bcdedit /set hypervisorlaunchtype off`, switch off Memory integrity, restart.',
    sources: ['intel/linux-intel-lts, issue 77', 'i915-sriov-dkms, issues 131 and 309'],
  },
  'guest.hypervisor-hidden': {
    title: 'The hypervisor is hidden from a guest with a virtual function',
    meaning:
      'Hiding KVM once helped with NVIDIA cards. Intel’s driver has to see that it runs in a VM, or it takes a virtual function for a real device and ends with Code 43. Proxmox’ “Primary GPU” (`x-vga=1`) hides it, too.',
    evidence: '`hidden=1`, `kvm=off` or `-hypervisor` in the config, with a virtual function and Code 43.',
    confusedWith: 'Good advice for other cards. For the whole iGPU it is not needed either.',
    fix: 'Remove `hidden=1` and `x-vga=1`: `cpu: host`.',
    sources: ['reports of users of virtual functions, with and without', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'guest.cpu-vendor': {
    title: 'The guest’s CPU is not Intel’s, and its graphics is',
    meaning:
      'An emulated or renamed processor does not go with an Intel iGPU, which is a part of Intel’s processors. Intel’s driver looks at the CPU as well. Whether it minds is not known for every version.',
    evidence: 'A `vendor=` or a CPU model of another maker in the config.',
    confusedWith: null,
    fix: 'Set the CPU type to `host` (libvirt: `host-passthrough`).',
    sources: ['QEMU target/i386/cpu.c', 'reports of users'],
  },
  'guest.os-config': {
    title: 'Something in this guest is different from one that works',
    meaning:
      'Passthrough itself is good, and the trouble lies within this guest: its release, its settings, its programs. Either another guest works with the same VM, host and device; or the guest’s kernel has its driver up, and a program, a container or the desktop does not get at it.',
    evidence:
      'A trial with both guests; `Kernel driver in use: i915` or `/dev/dri/renderD128` in the guest beside a program that fails, a library that opens the emulated adapter (`virtio_gpu_drv_video.so`), “Permission denied”, llvmpipe.',
    confusedWith:
      'A trouble of Windows’ driver alone: a Linux guest needs neither ROM nor OpRegion, so its success does not clear those for Windows.',
    fix: 'Compare the two: driver, kernel, firmware, BIOS kind of the guest. Give the program the node of the iGPU (`ls -l /dev/dri/by-path`), and the groups render and video.',
    sources: ['the reporter’s trial'],
  },
  'guest.display-enumeration': {
    title: 'The driver fails when it lists its displays',
    meaning:
      'Windows’ adapter started, then could not list what is connected to it. That points to the OpRegion, its table of ports (VBT), or the port itself, and away from memory.',
    evidence: 'Event 549 of Microsoft-Windows-DxgKrnl-Admin, “StartAdapter_DpiFdoEnumChildDevicesFailed”.',
    confusedWith: '`guest.code43`, which it refines.',
    fix: 'Look at `opregion.not-passed` and `rom.missing` first; then try another port and a plain HDMI monitor.',
    sources: ['Windows event log, DxgKrnl-Admin', 'reports of users'],
  },
  'guest.not-settled': {
    title: 'The device’s status had not settled',
    meaning:
      'A status was read too early, or changed between two readings. Code 43 can come late, and drivers are still being installed minutes after a start. One good answer proves nothing.',
    evidence: 'Readings that differ, or an uptime of few minutes.',
    confusedWith: '`works`.',
    fix: 'Wait until the status has been the same for two minutes, and read it again.',
    sources: ['docs/verdicts.md', 'Windows driver documentation on Code 43'],
  },
  'guest.bsod': {
    title: 'Windows stops, or resets its graphics driver',
    meaning:
      'A blue screen, or a driver that hung and was started anew (TDR). It is a sign. With Intel’s driver named in it, the driver’s version is the first suspect; then memory that is missing or a device that was not reset.',
    evidence: 'A bug check that names `igdkmd…`, `VIDEO_TDR_FAILURE`, or event 4101 of Display.',
    confusedWith: 'A blue screen of another driver. Look at the name.',
    fix: 'Try another version of the driver; look at `host.reset-failed` if only the second start does it.',
    sources: ['Windows bug check 0x116', 'reports of users'],
  },
  'guest.reset-loop': {
    title: 'The guest resets again and again',
    meaning:
      'The guest starts, stops and starts. Firmware, boot loader or driver end the same way each time. It is a sign, not a cause.',
    evidence: 'Several starts in the guest’s log or from QEMU’s reset events, with no wish for one.',
    confusedWith: 'Restarts of an installation or of Windows Update.',
    fix: 'Start once without the iGPU, over a remote desktop or the emulated display, and look at what failed.',
    sources: ['docs/failures.md'],
  },
  'guest.firmware-missing': {
    title: 'The Linux guest lacks firmware files of the GPU',
    meaning:
      'i915 and xe load small programs into the GPU (GuC, HuC). Without the files there is no video encoding, and with newer iGPUs or a virtual function nothing works. A missing DMC file costs power only.',
    evidence: '“GuC firmware … fetch failed” in the guest’s log, and no second name that was found.',
    confusedWith: '`guest.driver-missing`. A missing `i915/…_dmc` alone is harmless.',
    fix: 'Install `firmware-misc-nonfree` (Debian) or `linux-firmware`, rebuild the initramfs, restart the guest.',
    sources: ['Linux drivers/gpu/drm/i915/gt/uc/intel_uc_fw.c'],
  },
};
