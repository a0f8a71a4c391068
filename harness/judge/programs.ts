/** QEMU by the names that it is started under; Proxmox VE calls it kvm. */
export const QEMU = /^(?:qemu|kvm$)/;
