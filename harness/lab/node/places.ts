/** The one node of the stand-in's cluster. */
export const NODE_NAME = 'pve';

/** Where a Proxmox VE node keeps what. */
export const PLACES = {
  configs: '/etc/pve/qemu-server',
  locks: '/var/lock/qemu-server',
  /** Sockets and pid files of running VMs. */
  running: '/var/run/qemu-server',
  events: '/var/run/qmeventd.sock',
  tasks: '/var/log/pve/tasks',
  storage: '/var/lib/vz',
  roms: '/usr/share/kvm',
  pci: '/sys/bus/pci',
} as const;

/** What no real node has: by these the stand-in is made and told to misbehave. They outlast a restart of the node. */
export const LAB = {
  faults: '/lab/faults',
  /** What the node says of the faults that it has carried out. */
  carriedOut: '/lab/carried-out',
  boot: '/lab/boot.json',
  journal: '/lab/journal.jsonl',
  /** One folder a system that a disk may hold. */
  systems: '/lab/systems',
  client: '/lab/client',
  options: '/lab/options.json',
} as const;
