import type { LabVm } from './lab-options.ts';

const COMMON = {
  agent: '1',
  cores: '1',
  memory: '512',
  net0: 'virtio,bridge=vmbr0',
  ostype: 'l26',
  scsi0: 'local:1,format=qcow2',
  scsihw: 'virtio-scsi-single',
  serial0: 'socket',
  vga: 'none',
};

/** What somebody's node may hold: a template with the stand-in for Windows, one with nothing on its disk, two VMs. */
export const DEFAULT_VMS: readonly LabVm[] = [
  {
    vmid: 100,
    config: { ...COMMON, name: 'somebody-elses', protection: '1' },
    description: 'Nobody may touch this one.',
    template: false,
    system: null,
  },
  {
    vmid: 110,
    config: { ...COMMON, machine: 'q35', name: 'win-standin', tags: 'code43' },
    template: false,
    system: 'standin-windows',
  },
  {
    vmid: 9000,
    config: { ...COMMON, machine: 'q35', name: 'win-standin-template', tags: 'code43' },
    template: true,
    system: 'standin-windows',
  },
  {
    vmid: 9001,
    config: { ...COMMON, machine: 'q35', name: 'empty-template', memory: '64', tags: 'code43' },
    template: true,
    system: null,
  },
];
