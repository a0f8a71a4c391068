import type { EntriesOf } from './entry.ts';

/** What a VM's description alone can have wrong. */
export const CONFIG: EntriesOf<'config'> = {
  'config.legacy-conflict': {
    title: 'Legacy mode is asked for together with something that rules it out',
    meaning:
      'Proxmox’ `legacy-igd=1` takes the iGPU 00:02.0 alone: no `x-vga`, no `mdev`, no `pcie`, `rombar` on, one function, one device. QEMU’s own `x-igd-legacy-mode=on` needs the guest address 00:02.0. Otherwise the VM is refused.',
    evidence: 'Proxmox’ “legacy IGD assignment …”, or the options side by side in the config.',
    confusedWith:
      '`config.vga-not-none` and `config.legacy-on-q35`: two more such conditions, with ids of their own.',
    fix: 'Remove what does not fit, or `legacy-igd=1`. All functions (`00:02`) become one: `00:02.0`.',
    sources: ['qemu-server PVE/QemuServer/PCI.pm', 'QEMU hw/vfio/igd.c'],
  },
  'config.legacy-on-q35': {
    title: 'Legacy mode cannot be had on q35',
    meaning:
      'Legacy mode puts a copy of the host’s LPC bridge at 1f.0 of the guest. q35 has its own bridge there, so QEMU leaves legacy mode off or refuses the VM. iGPUs up to generation 9 drive a monitor best in that mode.',
    evidence:
      'QEMU’s “cannot support legacy mode due to existing devices at address 1f.0”; Proxmox’ “not compatible with q35”; or a q35 machine with such an iGPU and a dark monitor, which is weaker.',
    confusedWith: 'The belief that Windows 11 needs q35. It does not.',
    fix: 'Set the machine to i440fx (`machine: pc`), the iGPU to 00:02.0, `vga: none`, and remove `pcie=1`. Else stay on q35 without legacy mode, with `x-igd-opregion=on`.',
    sources: ['QEMU docs/igd-assign.txt', 'QEMU hw/vfio/igd.c', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'config.igpu-address': {
    title: 'The guest sees the iGPU at another place than 00:02.0',
    meaning:
      'On real machines the iGPU is always at 00:02.0, and Windows’ driver, macOS and the ROM’s driver expect it there. Proxmox puts a passed device elsewhere unless told: at slot 10 hex, or behind a PCIe port. Linux does not mind. “Primary GPU” (`x-vga=1`) does not move it.',
    evidence:
      'The config with everything in `args` applied. QEMU’s “Bus … not found” says that a bus is named which the machine does not have.',
    confusedWith: 'The address on the host, which is 00:02.0 whatever the guest sees.',
    fix: 'Set bus and address with `-set device.hostpci0.bus=pci.0` (q35: `pcie.0`) and `-set device.hostpci0.addr=0x2`, and free the place with `vga: none`.',
    sources: ['QEMU docs/igd-assign.txt', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'config.slot-busy': {
    title: 'The place for the iGPU is taken by another device of the VM',
    meaning:
      'Two devices cannot have one address. At slot 2 it is mostly the emulated display, which Proxmox puts there; sometimes a PCIe root port of libvirt. QEMU refuses to start.',
    evidence: 'QEMU’s “slot … not available … in use by”, which names the other device; libvirt’s “in use”.',
    confusedWith: '`host.device-busy`: there the host’s device is in use, here a place in the guest.',
    fix: 'Set `vga: none`, or give the other device another slot.',
    sources: ['QEMU hw/pci/pci.c, do_pci_register_device()'],
  },
  'config.vga-not-none': {
    title: 'The VM has an emulated display beside the iGPU',
    meaning:
      'That is allowed, and a good way in while you set things up. Firmware and Windows may take it for the first screen, so that the monitor on the iGPU stays dark. With Proxmox’ `legacy-igd=1` it is forbidden, and the VM is refused.',
    evidence: '`vga:` in the config; Proxmox’ “requires VGA mode to be ‘none’” where it is fatal.',
    confusedWith: 'A cause of Code 43. It is none for a whole iGPU.',
    fix: 'Set `vga: none` once you can reach the guest over the network.',
    sources: ['qemu-server PVE/QemuServer/PCI.pm', 'QEMU docs/igd-assign.txt'],
  },
  'config.gms-range': {
    title: 'x-igd-gms has a value that this iGPU cannot have',
    meaning:
      'The value goes into a register with a fixed meaning: 0 to 0x40 count 32 MB each, and from generation 9 on 0xf0 to 0xfe count 4 MB each. Generations 6 and 7 end at 0x10. QEMU from 10.0 on refuses anything else, and any value for an iGPU whose generation it does not know.',
    evidence:
      'The value beside the iGPU’s generation; QEMU’s “expects 0~0x…” or “Unsupported IGD GMS value”.',
    confusedWith:
      'A number of megabytes. A table that goes round has 0x10 as 320 MB and 0xf0 as 5 GB: it is 512 MB and 4 MB.',
    fix: 'Remove `x-igd-gms`: from 10.0 on QEMU keeps the size that the host’s BIOS chose.',
    sources: ['QEMU hw/vfio/igd.c'],
  },
  'config.gms-too-small': {
    title: 'x-igd-gms sets little memory aside for the iGPU',
    meaning:
      'Stolen memory holds the first picture. Too little of it can show as a black or garbled screen, at high resolutions above all. 64 MB is in many a config that works, so this is a suspicion only.',
    evidence: 'The value, with a dark or garbled picture. A trial with a larger one decides.',
    confusedWith: '`config.gms-range`: that value is not allowed at all.',
    fix: 'Remove `x-igd-gms`, or set 0x6 or what the host’s BIOS has (DVMT pre-allocated).',
    sources: ['QEMU hw/vfio/igd.c', 'reports of users'],
  },
  'config.args-quote': {
    title: 'A quote in args is not closed, so Proxmox drops all of them',
    meaning:
      'Proxmox splits `args` as a shell would. Where a quote has no partner the result is empty, and the VM starts without any of the options, and without a word about it.',
    evidence: 'The line itself: an odd number of quotes.',
    confusedWith: 'Whatever the lost options were for: address, OpRegion, ROM.',
    fix: 'Close the quote or remove it, then look at `qm showcmd <vmid>`: the options must be there.',
    sources: ['Perl Text::ParseWords', 'qemu-server PVE/QemuServer.pm'],
  },
  'config.args-unknown-device': {
    title: 'args set something on a device that the VM does not have',
    meaning:
      '`-set device.hostpci0.…` needs a device with just that name. It is missing where the number differs (hostpci1), where the hostpci line was removed, and under libvirt, which gives its devices in a form that `-set` does not reach. QEMU refuses to start.',
    evidence: 'QEMU’s “there is no device … defined”; or the names in `args` beside those in the config.',
    confusedWith: '`config.args-unknown-property`: the device is there, the option’s name is wrong.',
    fix: 'Write the name of the passed device. Under libvirt use `<qemu:override>`.',
    sources: ['QEMU util/qemu-config.c and system/vl.c', 'libvirt docs, QEMU driver'],
  },
  'config.args-unknown-property': {
    title: 'QEMU does not know an option that the config sets',
    meaning:
      'The name is misspelt, belongs to Proxmox and not to QEMU (`legacy-igd`, `pcie`), or came with a later release. QEMU refuses to start rather than pass over it.',
    evidence: 'QEMU’s “Property … not found” or “invalid option”; or a name that no QEMU has.',
    confusedWith: '`qemu.too-old`, where the name is right.',
    fix: 'Remove or correct the option.',
    sources: ['QEMU hw/vfio/pci.c, properties', 'QEMU qom/object.c'],
  },
  'config.property-type': {
    title: 'An option has a value of the wrong kind',
    meaning:
      'Switches take on and off, sizes take numbers. `x-igd-legacy-mode` takes on, off or auto as text, so libvirt’s override needs `type="string"` for it, and a boolean is refused. The VM does not start.',
    evidence: 'QEMU’s “Invalid parameter type”, or the value beside the kind that QEMU wants.',
    confusedWith: null,
    fix: 'Write the same value in the form that QEMU reads.',
    sources: ['QEMU qapi/qobject-input-visitor.c', 'QEMU hw/vfio/pci.c, properties'],
  },
  'config.machine-unknown': {
    title: 'This QEMU does not have the machine type',
    meaning:
      'A machine type carries a version, and an older QEMU does not have newer ones. Types with `+pve` exist in Proxmox’ own QEMU only. It happens after a downgrade, and when a VM moves to another host.',
    evidence: 'QEMU’s or libvirt’s “unsupported machine type”; or a version in `machine:` above QEMU’s.',
    confusedWith: null,
    fix: 'Take the type without a version: `q35` or `pc`.',
    sources: ['QEMU hw/i386/pc_q35.c and pc_piix.c', 'qemu-server PVE/QemuServer/Machine.pm'],
  },
  'config.passes-whole-device': {
    title: 'The VM takes the physical function, and the virtual ones with it',
    meaning:
      '`00:02` without a function number means every function of the slot. Once virtual functions are wanted, the physical one has to stay with the host, whose driver makes them; given to a VM it takes all of them away.',
    evidence: 'The hostpci line (`00:02` or `00:02.0`) beside a wish for virtual functions.',
    confusedWith: '`sriov.no-pf-driver`: what the kernel then says.',
    fix: 'Pass one of `00:02.1` to `00:02.7`, and never `00:02`.',
    sources: ['qemu-server PVE/QemuServer/PCI.pm', 'Linux drivers/pci/iov.c'],
  },
  'config.pcie-needs-q35': {
    title: 'pcie=1 needs a q35 machine',
    meaning:
      'i440fx has no PCIe ports. Proxmox takes the setting, and refuses the VM only when it is to start.',
    evidence: 'Proxmox’ “q35 machine model is not enabled”; or both in the config.',
    confusedWith: null,
    fix: 'Remove `pcie=1`. An iGPU needs no PCIe port, with q35 neither.',
    sources: ['qemu-server PVE/QemuServer/PCI.pm'],
  },
  'config.ballooning': {
    title: 'Ballooning has no effect with a passed device',
    meaning:
      'The device may read and write any of the guest’s memory, so all of it is held from the start and none can be given back. It does no harm to the graphics; the host needs all of the memory, and some guests are left with their minimum only.',
    evidence: '`balloon` in the config below `memory`, with a passed device.',
    confusedWith: 'A cause of a failed start. That is `host.memlock`, where the host has not enough.',
    fix: 'Set `balloon: 0`, so that the config says what happens.',
    sources: ['QEMU hw/vfio, inhibition of ballooning'],
  },
  'config.duplicate-device': {
    title: 'The VM gets the same device twice',
    meaning:
      'Two lines of the config name one device of the host, or give two devices one name in the guest. The second one finds it taken, and the VM is refused. `00:02` and `00:02.0` are the same device.',
    evidence: 'Both lines; QEMU’s “already attached” or “Duplicate ID”.',
    confusedWith: '`host.device-busy`: there another VM has it.',
    fix: 'Remove one of them.',
    sources: ['QEMU hw/vfio/container.c', 'QEMU util/qemu-option.c', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
};
