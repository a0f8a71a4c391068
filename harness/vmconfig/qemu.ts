import { agentOf, agentDevices, type LocalAgent } from './agent.ts';
import { bootOrder } from './boot-order.ts';
import { busDevices } from './buses.ts';
import { qemuCpu } from './cpu.ts';
import { defaultPlacement, isQ35, ON_STAND_IN, type PassedDevice, passedDevice } from './device.ts';
import { display, displayExtras } from './display.ts';
import { drives } from './drives.ts';
import { extraArgs, isSettable, type SetProperty } from './extra-args.ts';
import { firmware, TEMPORARY_VARS } from './firmware.ts';
import { guestValueProblems } from './guest-values.ts';
import { readMachine } from './machine.ts';
import { memory } from './memory.ts';
import { network } from './network.ts';
import { notHonoured } from './not-honoured.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { devices, type Part, type PrivateFile, type Setting } from './part.ts';
import { parseHostpci } from './hostpci.ts';
import { splitKey } from './keys.ts';
import { propertyMap } from './property-string.ts';
import { quote } from './quote.ts';
import { audio, balloon, chipset, clock, identity, rng, serialPorts, tablet } from './small-devices.ts';
import { underTest } from './under-test.ts';
import { valueProblems } from './values.ts';

/** What the machine that boots it adds to a config. */
export interface LocalMachine {
  /** The QEMU device that stands in for the iGPU, such as `bochs-display`. */
  readonly device: string;
  /** Which host address in the config is the iGPU: `0000:00:02.0`. */
  readonly igpuAddress: string;
  readonly accelerator: 'kvm' | 'tcg';
  /** The ROM's file for `romfile=`; null: no ROM (an empty `romfile=`). */
  readonly romPath: string | null;
  /** Lines of `args` that the host's owner allows: passed on as they are split. */
  readonly ownerArgs?: readonly string[];
  /** Paths of `QemuCommand.files` by id; one that is missing is named in angle brackets, for a command to look at. */
  readonly paths?: ReadonlyMap<string, string>;
  /** The same VM without the stand-in and the owner's lines about it, to see whether it makes a difference. */
  readonly withoutDevice?: boolean;
}

export interface QemuCommand {
  /**
   * Arguments for `qemu-system-x86_64`. The guest's kernel, the monitor and the sockets at the other ends are the
   * caller's: chardevs `agent` (where there is one), and `tpmchar` with a TPM.
   */
  readonly argv: readonly string[];
  /** What of the config has no effect here, each once: `hostpci0.x-vga`, `-set device.hostpci0.x-igd-gms`. */
  readonly notHonoured: readonly string[];
  /** How the guest agent's channel is attached; null: the config turns it off. */
  readonly agent: LocalAgent | null;
  readonly ovmf: boolean;
  readonly tpm: 'v1.2' | 'v2.0' | null;
  /** What the VM reads and writes, for the caller to provide. */
  readonly files: readonly PrivateFile[];
  /** What Proxmox would say when it starts the VM. */
  readonly warnings: readonly string[];
  /** What this QEMU must have, for the caller to ask it. */
  readonly needs: {
    readonly machine: string;
    /** A CPU model (`host` needs KVM); null: any. */
    readonly cpu: string | null;
    readonly devices: readonly string[];
    readonly properties: readonly { readonly device: string; readonly property: string }[];
  };
}

/** A config, or a local name, that must not reach a command line. `checkPolicy` says what is wrong with a config. */
export class UnsafeConfigError extends Error {
  override readonly name = 'UnsafeConfigError';
}

/**
 * Turns a config into a command line for plain QEMU (7.2 to 10.x): the VM that Proxmox would start, with the devices at
 * the same places and created in the same order, the iGPU's `hostpciN` becoming the stand-in device. Throws
 * `UnsafeConfigError` for values that the policy refuses; of `args`, only `-set`s of the stand-in's own properties and
 * the owner's lines are passed on, last as there. Source of the order: qemu-server 9.2.6 PVE/QemuServer.pm,
 * config_to_command.
 */
export function toQemu(config: VmConfig, local: LocalMachine): QemuCommand {
  refuseUnsafe(config, local);
  const machine = readMachine(config, local);
  const setting: Setting = { config, machine, bootOrder: bootOrder(config), path: pathIn(local.paths) };
  const passed = local.withoutDevice === true ? null : passedDevice(config, local.igpuAddress);
  const cpu = qemuCpu(valueOf(config, 'cpu'), machine);
  const agent = agentOf(config);
  const tpm = tpmOf(config);
  const chips = chipset(setting);
  const head = [chips, identity(setting), firmware(setting), memory(config), clock(setting)];
  const late: readonly Part[] = [
    tablet(setting),
    { argv: passed === null ? [] : deviceArguments(passed, local) },
    ...[serialPorts(setting), audio(setting)],
    {
      argv:
        tpm === null
          ? []
          : ['-tpmdev', 'emulator,id=tpmdev,chardev=tpmchar', ...devices('tpm-tis,tpmdev=tpmdev')],
    },
    display(setting),
    { argv: agentDevices(agent) },
    ...[rng(setting), displayExtras(setting), balloon(setting), drives(setting), network(setting)],
  ];
  const parts = [...head, ...late];
  const placed = late.flatMap(({ argv }) => argv);
  const argv = [
    '-nodefaults',
    ...['-machine', [machine.type, ...parts.flatMap(({ flags }) => flags ?? [])].join(',')],
    ...['-accel', local.accelerator, '-cpu', cpu.argument],
    ...chips.first,
    ...devices(...buses(config, passed, placed)),
    ...parts.flatMap((part) => part.argv),
    ...chips.last,
  ];
  return {
    argv: [...argv, ...ownerArguments(config, local)],
    notHonoured: [
      ...new Set([
        ...notHonoured(config, passed, local.ownerArgs),
        ...cpu.notHonoured,
        ...parts.flatMap((part) => part.notHonoured ?? []),
      ]),
    ],
    agent,
    ovmf: machine.ovmf,
    tpm,
    files: parts.flatMap(({ files }) => files ?? []),
    warnings: machine.ovmf && valueOf(config, 'efidisk0') === null ? [TEMPORARY_VARS] : [],
    needs: {
      machine: machine.type,
      cpu: cpu.model,
      devices: typesIn(argv),
      properties: passed === null ? [] : neededProperties(passed, local.device),
    },
  };
}

function refuseUnsafe(config: VmConfig, local: LocalMachine): void {
  const [problem] = [...underTest(config).flatMap(valueProblems), ...guestValueProblems(config)];
  if (problem !== undefined) throw new UnsafeConfigError(`line ${problem.line}: ${problem.message}`);
  const set = extraArgs(config).find((arg) => arg.kind === 'set' && isSettable(arg) === false);
  if (set?.kind === 'set') throw new UnsafeConfigError(`args: ${set.property} cannot be ${quote(set.value)}`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(local.device)) {
    throw new UnsafeConfigError(`${quote(local.device)} is no name of a QEMU device`);
  }
  for (const path of [local.romPath, ...(local.paths?.values() ?? [])]) {
    if (path !== null && /^$|[\0-\x1f\x7f]/.test(path))
      throw new UnsafeConfigError(`${quote(path)} is no path of a file`);
  }
}

/** A comma ends an option for QEMU; two stand for one. */
function pathIn(paths: LocalMachine['paths']): Setting['path'] {
  return (id) => (paths?.get(id) ?? `<file of ${id}>`).replaceAll(',', ',,');
}

function buses(config: VmConfig, passed: PassedDevice | null, placed: readonly string[]): string[] {
  const ports = config.entries.flatMap(({ key, value }) => {
    const { family, index } = splitKey(key);
    return family === 'hostpci' && index !== null && parseHostpci(value).pcie ? [index] : [];
  });
  return busDevices({
    q35: isQ35(config),
    legacyIgd: passed?.hostpci.legacyIgd === true,
    scsiSingle: valueOf(config, 'scsihw') === 'virtio-scsi-single',
    devices: placed,
    pciePorts: ports,
  });
}

function deviceArguments(passed: PassedDevice, local: LocalMachine): string[] {
  const { bus, addr } = defaultPlacement(passed);
  const rombar = passed.hostpci.rombar ? [] : ['rombar=0'];
  const options = [
    local.device,
    `id=${passed.entry.key}`,
    `bus=${bus}`,
    `addr=${addr}`,
    ...rombar,
    `romfile=${(local.romPath ?? '').replaceAll(',', ',,')}`,
  ];
  return [
    ...devices(options.join(',')),
    ...standInSets(passed).flatMap((set) => ['-set', `device.${set.device}.${set.property}=${set.value}`]),
  ];
}

/** The `-set`s to pass on. The ROM's file is not among them: `romPath` stands for it. */
function standInSets(passed: PassedDevice): readonly SetProperty[] {
  return passed.sets.filter((set) => ON_STAND_IN.has(set.property) && set.property !== 'romfile');
}

function neededProperties(passed: PassedDevice, device: string): QemuCommand['needs']['properties'] {
  const rombar = passed.hostpci.rombar ? [] : ['rombar'];
  // `bus` names a place, it is no property of the device.
  const set = standInSets(passed).flatMap(({ property }) => (property === 'bus' ? [] : [property]));
  return [...new Set(['addr', 'romfile', ...rombar, ...set])].map((property) => ({ device, property }));
}

function tpmOf(config: VmConfig): QemuCommand['tpm'] {
  const value = valueOf(config, 'tpmstate0');
  if (value === null) return null;
  return propertyMap(value, 'file').get('version') === 'v2.0' ? 'v2.0' : 'v1.2';
}

function ownerArguments(config: VmConfig, local: LocalMachine): readonly string[] {
  const device = passedDevice(config, local.igpuAddress)?.entry.key;
  const left = (text: string): boolean =>
    local.withoutDevice === true && device !== undefined && text.includes(device);
  return extraArgs(config, local.ownerArgs).flatMap((arg) =>
    arg.kind === 'owner' && !left(arg.text) ? arg.words : [],
  );
}

function typesIn(argv: readonly string[]): string[] {
  const types = argv.flatMap((word, i) => (argv[i - 1] === '-device' ? [word.split(',')[0] ?? ''] : []));
  return [...new Set(types)].sort();
}
