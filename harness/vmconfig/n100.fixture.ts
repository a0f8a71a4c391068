/** The published config of a reporter whose N100 works: a Windows 11 guest on q35, identities replaced. */
export const N100 = `agent: 1
args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-gms=0x2 -set device.hostpci0.x-igd-opregion=on
balloon: 4096
bios: ovmf
boot: order=scsi0;ide2;ide0;net0
cores: 3
cpu: host,hidden=1
efidisk0: local-lvm:vm-103-disk-0,efitype=4m,pre-enrolled-keys=1,size=4M
hostpci0: 0000:00:02.0,romfile=12-n100-q10.rom,pcie=1,x-vga=1
ide0: local:iso/virtio-win.iso,media=cdrom,size=771138K
machine: pc-q35-10.0+pve1
memory: 8192
meta: creation-qemu=10.0.2,ctime=1700000000
name: win11-iot
net0: virtio=XX:XX:XX:XX:XX:XX,bridge=vmbr0,firewall=1
numa: 0
ostype: win11
scsi0: local-lvm:vm-103-disk-1,discard=on,iothread=1,size=150G,ssd=1
scsihw: virtio-scsi-single
smbios1: uuid=00000000-0000-0000-0000-000000000000
sockets: 1
tpmstate0: local-lvm:vm-103-disk-2,size=4M,version=v2.0
vga: none
vmgenid: 00000000-0000-0000-0000-000000000000
`;

/** Where that host has its iGPU. */
export const IGPU = '0000:00:02.0';
