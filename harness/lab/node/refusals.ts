import { Refusal } from './refusal.ts';

/** In place of a transcript's title: nobody has seen a real node say it; known from Proxmox's sources, or assumed. */
export const NOT_OBSERVED = 'not observed';

interface Row<Facts extends readonly unknown[]> {
  /** The title of the transcript that shows these words with this exit code, or `NOT_OBSERVED`. */
  readonly from: string;
  readonly exit: number;
  readonly words: (...facts: Facts) => string;
  readonly twice?: true;
}

function row<Facts extends readonly unknown[]>(
  from: string,
  exit: number,
  words: (...facts: Facts) => string,
  twice?: true,
): Row<Facts> {
  return { from, exit, words, ...(twice === undefined ? {} : { twice }) };
}

/**
 * What the stand-in refuses, and how. The exit code is that of a refusal before any task was begun: one from within a
 * task is always 255.
 */
export const REFUSALS = {
  noSuchVm: row(
    'VM that does not exist',
    2,
    (vmid: number) => `Configuration file 'nodes/pve/qemu-server/${vmid}.conf' does not exist`,
  ),
  vmExists: row(
    'qm create of an existing VMID',
    255,
    (vmid: number) => `unable to create VM ${vmid} - VM ${vmid} already exists on node 'pve'`,
  ),
  cloneExists: row(
    'clone to a VMID in use',
    2,
    (vmid: number) => `unable to create VM ${vmid}: config file already exists`,
  ),
  noSuchStorage: row(
    'qm create on an unknown storage',
    2,
    (name: string) => `storage '${name}' does not exist`,
  ),
  lockTimeout: row(
    'qm set while another process holds the config lock',
    4,
    (path: string) => `can't lock file '${path}' - got timeout`,
  ),
  locked: row('qm set with lock: backup in the config', 255, (reason: string) => `VM is locked (${reason})`),
  digest: row('qm set with a stale digest', 255, () => 'checksum mismatch (file change by other user?)'),
  nothingToSet: row('qm set without an option', 255, () => 'no options specified'),
  alreadyRunning: row('qm start of a running VM', 255, (vmid: number) => `VM ${vmid} already running`),
  notRunning: row('qm reset of a stopped VM', 2, (vmid: number) => `VM ${vmid} not running`),
  isNotRunning: row('qm agent ping, VM stopped', 2, (vmid: number) => `VM ${vmid} is not running`),
  startsNoTemplate: row('qm start of a template', 255, () => "you can't start a vm if it's a template"),
  qemuFailed: row(
    'qm start, romfile missing',
    255,
    (code: number) => `start failed: QEMU exited with code ${code}`,
  ),
  volumeMissing: row(
    'qm start, disk image missing',
    255,
    (volume: string) => `volume '${volume}' does not exist`,
  ),
  bridgeMissing: row(
    'qm start, bridge missing',
    255,
    (bridge: string) => `bridge '${bridge}' does not exist`,
  ),
  machineTooNew: row(
    'qm start, machine version QEMU does not know',
    255,
    (qemu: string, type: string) =>
      `Installed QEMU version '${qemu}' is too old to run machine type '${type}', please upgrade node 'pve'`,
  ),
  noIommu: row('qm start: IOMMU not there', 255, () => 'cannot prepare PCI pass-through, IOMMU not present'),
  noDevice: row(
    'qm start, PCI device does not exist',
    255,
    (address: string) => `no PCI device found for '${address}'`,
    true,
  ),
  noMapping: row(
    'qm start, resource mapping missing',
    255,
    (id: string) => `PCI device mapping not found for '${id}'`,
    true,
  ),
  deviceInUse: row(
    'qm start of a second VM with the same device',
    255,
    (address: string, vmid: number) => `PCI device '${address}' already in use by VMID '${vmid}'`,
  ),
  cannotBind: row(
    'qm start: binding to vfio-pci fails with EBUSY (device on i915 before)',
    255,
    (address: string) => `Cannot bind ${address} to vfio`,
  ),
  noPcie: row(
    'showcmd: pcie=1 on i440fx',
    2,
    () => 'q35 machine model is not enabled at /usr/share/perl5/PVE/QemuServer/PCI.pm line 510.',
  ),
  legacyNeedsNoVga: row(
    'showcmd: legacy-igd with a VGA device: refused only when the command line is built, not by qm set',
    2,
    () => "legacy IGD assignment requires VGA mode to be 'none'",
  ),
  shutdownTimeout: row(
    'qm shutdown --timeout 4 just after start (guest still boots, agent not up: ACPI or agent request is lost)',
    255,
    () => 'VM quit/powerdown failed - got timeout',
  ),
  agentNotRunning: row(
    'qm agent ping right after start, guest still booting',
    255,
    () => 'QEMU guest agent is not running',
  ),
  noAgent: row('qm agent ping, no agent: line in the config', 255, () => 'No QEMU guest agent configured'),
  agentError: row('exec-status of a pid that never was', 29, (words: string) => `Agent error: ${words}`),
  agentTimeout: row(
    'guest exec, argv with characters above U+00FF (en dash, kanji)',
    255,
    (vmid: number, command: string) => `VM ${vmid} qga command '${command}' failed - got timeout`,
  ),
  noCommand: row('guest exec without a command', 255, () => 'command or input-data (or both) required'),
  qmpTimeout: row(
    NOT_OBSERVED,
    255,
    (vmid: number, command: string) => `VM ${vmid} qmp command '${command}' failed - got timeout`,
  ),
  qmpFailed: row(
    'qm resume in internal-error',
    255,
    (vmid: number, command: string, why: string) => `VM ${vmid} qmp command '${command}' failed - ${why}`,
  ),
  snapshotExists: row('snapshot name in use', 255, (name: string) => `snapshot name '${name}' already used`),
  snapshotCurrent: row('name "current"', 255, () => "unable to use snapshot name 'current' (reserved name)"),
  noSnapshot: row(
    'rollback to a missing snapshot',
    255,
    (name: string) => `snapshot '${name}' does not exist`,
  ),
  noSnapshotToClone: row(
    'clone of a missing snapshot',
    2,
    (name: string) => `snapshot '${name}' does not exist`,
  ),
  noSnapshotFeature: row(
    'snapshot with a raw disk on a directory storage',
    255,
    () => 'snapshot feature is not available',
  ),
  snapshotOfTemplate: row(
    'snapshot of a template',
    255,
    () => "you can't take a snapshot if it's a template",
  ),
  noLinkedClone: row(
    'linked clone of a VM that is no template',
    2,
    (volume: string, drive: string) => `Linked clone feature is not supported for '${volume}' (${drive})`,
  ),
  templateHasSnapshots: row(
    'qm template of a VM with snapshots',
    255,
    () => 'unable to create template, because VM contains snapshots',
  ),
  templateAgain: row('qm template again', 255, () => "you can't convert a template to a template"),
  templateRunning: row(
    'qm template of a running VM',
    25,
    () => "you can't convert a VM to template if VM is running",
  ),
  destroyRunning: row(
    'qm destroy of a running VM',
    25,
    (vmid: number) => `VM ${vmid} is running - destroy failed`,
  ),
  destroyProtected: row(
    'qm destroy with protection: 1',
    255,
    (vmid: number) => `can't remove VM ${vmid} - protection mode enabled`,
  ),
  baseInUse: row(
    'qm destroy of a template with a linked clone',
    255,
    (volume: string) => `base volume '${volume}' is still in use by linked cloned`,
  ),
  cloneFailed: row(NOT_OBSERVED, 255, (why: string) => `clone failed: ${why}`),
  noSerial: row(
    'qm terminal --iface serial1 that is not configured',
    255,
    (name: string) => `serial interface '${name}' is not configured`,
  ),
  noSuchTask: row(NOT_OBSERVED, 255, () => '400 Parameter verification failed.\nupid: no such task'),
} as const;

type Refusals = typeof REFUSALS;
type FactsOf<Name extends keyof Refusals> = Parameters<Refusals[Name]['words']>;

/** The refusal of that name with its facts filled in, to be thrown. */
export function refusal<Name extends keyof Refusals>(name: Name, ...facts: FactsOf<Name>): Refusal {
  const { words, exit, twice } = REFUSALS[name] as Row<readonly unknown[]>;
  return new Refusal(words(...facts), exit, twice === true);
}
