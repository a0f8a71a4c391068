import { busDevices } from './buses.ts';
import { qemuCpu } from './cpu.ts';
import {
  defaultPlacement,
  isQ35,
  machineType,
  type PassedDevice,
  passedDevice,
  placement,
} from './device.ts';
import { extraArgs, isSettable, type SetProperty } from './extra-args.ts';
import { parseBoolean, parsePropertyString } from './property-string.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { quote } from './quote.ts';
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
}

export interface QemuCommand {
  /**
   * Arguments for `qemu-system-x86_64`, to stand first: devices with addresses of their own come before those that
   * QEMU places itself. Firmware, disks, monitors and the agent's channel are the caller's.
   */
  readonly argv: readonly string[];
  /** What of the config has no effect here, each once: `bios`, `hostpci0.x-vga`, `-set device.hostpci0.x-igd-gms`. */
  readonly notHonoured: readonly string[];
  /** How the guest agent's channel is to be attached; null: the config does not enable it. */
  readonly agent: 'virtio' | 'isa' | null;
  /** What this QEMU must have, for the caller to ask it. */
  readonly needs: {
    readonly machine: string;
    /** A CPU model (`host` needs KVM); null: any. */
    readonly cpu: string | null;
    readonly properties: readonly { readonly device: string; readonly property: string }[];
  };
}

/** A config, or a local name, that must not reach a command line. `checkPolicy` says what is wrong with a config. */
export class UnsafeConfigError extends Error {
  override readonly name = 'UnsafeConfigError';
}

const ON_STAND_IN = new Set(['bus', 'addr', 'rombar', 'romfile']);
const ANY = /(?:)/;
// The keys that have an effect here, and which values; of lists, see LIST_HONOURED.
const HONOURED: ReadonlyMap<string, RegExp> = new Map([
  ['machine', ANY],
  ['cpu', ANY],
  ['cores', ANY],
  ['sockets', ANY],
  ['memory', ANY],
  ['args', ANY],
  ['agent', ANY],
  ['vga', /^(?:type=)?none$/],
  ['bios', /^seabios$/],
]);
const LIST_HONOURED: readonly (readonly [key: string, properties: readonly string[]])[] = [
  ['machine', ['type']],
  ['agent', ['enabled', 'type']],
];

/**
 * Turns the keys under test into a command line for plain QEMU (7.2 to 10.x), the iGPU's `hostpciN` becoming the
 * stand-in device at the place where Proxmox puts it. Throws `UnsafeConfigError` for values that the policy refuses;
 * of `args`, only `-set`s of the stand-in's own properties are passed on.
 */
export function toQemu(config: VmConfig, local: LocalMachine): QemuCommand {
  refuseUnsafe(config, local);
  const passed = passedDevice(config, local.igpuAddress);
  const cpu = qemuCpu(valueOf(config, 'cpu'));
  const device = passed === null ? [] : deviceArguments(config, passed, local);
  const machine = machineType(config);
  return {
    argv: [
      '-nodefaults',
      ...['-machine', machine, '-accel', local.accelerator, '-cpu', cpu.argument],
      ...['-smp', smp(config), '-m', memory(config), '-vga', 'none'],
      ...device,
    ],
    notHonoured: [...new Set([...notHonoured(config, passed), ...cpu.notHonoured])],
    agent: agentType(config),
    needs: {
      machine,
      cpu: cpu.model,
      properties: passed === null ? [] : neededProperties(passed, local.device),
    },
  };
}

function refuseUnsafe(config: VmConfig, local: LocalMachine): void {
  const [problem] = underTest(config).flatMap(valueProblems);
  if (problem !== undefined) throw new UnsafeConfigError(`line ${problem.line}: ${problem.message}`);
  const set = extraArgs(config).find((arg) => arg.kind === 'set' && isSettable(arg) === false);
  if (set?.kind === 'set') throw new UnsafeConfigError(`args: ${set.property} cannot be ${quote(set.value)}`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(local.device)) {
    throw new UnsafeConfigError(`${quote(local.device)} is no name of a QEMU device`);
  }
  if (local.romPath !== null && /^$|[\0-\x1f\x7f]/.test(local.romPath)) {
    throw new UnsafeConfigError(`${quote(local.romPath)} is no path for a ROM`);
  }
}

function deviceArguments(config: VmConfig, passed: PassedDevice, local: LocalMachine): string[] {
  const { bus, addr } = defaultPlacement(passed);
  const machine = { q35: isQ35(config), legacyIgd: passed.hostpci.legacyIgd };
  const buses = new Set([bus, placement(passed).bus].flatMap((name) => busDevices(name, machine)));
  const rombar = passed.hostpci.rombar ? [] : ['rombar=0'];
  const options = [
    local.device,
    `id=${passed.entry.key}`,
    `bus=${bus}`,
    `addr=${addr}`,
    ...rombar,
    // A comma ends an option for QEMU; two stand for one.
    `romfile=${(local.romPath ?? '').replaceAll(',', ',,')}`,
  ];
  return [
    ...[...buses].flatMap((value) => ['-device', value]),
    ...['-device', options.join(',')],
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

function notHonoured(config: VmConfig, passed: PassedDevice | null): string[] {
  const keys = config.entries
    .filter(({ key, value }) => key !== passed?.entry.key && HONOURED.get(key)?.test(value) !== true)
    .map(({ key }) => key);
  const args = extraArgs(config).flatMap((arg) => {
    if (arg.kind !== 'set') return [`args: ${quote(arg.text)}`];
    const works = arg.device === passed?.entry.key && ON_STAND_IN.has(arg.property);
    return works ? [] : [`-set device.${arg.device}.${arg.property}`];
  });
  const listed = LIST_HONOURED.flatMap(([key, properties]) =>
    [...propertiesOf(config, key, properties[0] ?? '').keys()]
      .filter((property) => !properties.includes(property))
      .map((property) => `${key}.${property}`),
  );
  return [...keys, ...listed, ...args, ...(passed === null ? [] : hostpciNotHonoured(config, passed))];
}

function hostpciNotHonoured(config: VmConfig, { entry, hostpci }: PassedDevice): string[] {
  // Proxmox refuses to start such a VM; here only the place can be imitated.
  const legacy = hostpci.legacyIgd && isQ35(config) ? ['legacy-igd'] : [];
  const properties = [...(hostpci.xVga ? ['x-vga'] : []), ...legacy, ...hostpci.others.keys()];
  return properties.map((property) => `${entry.key}.${property}`);
}

function smp(config: VmConfig): string {
  const cores = Number(valueOf(config, 'cores') ?? '1');
  const sockets = Number(valueOf(config, 'sockets') ?? '1');
  return `${cores * sockets},sockets=${sockets},cores=${cores}`;
}

/** MiB; Proxmox gives 512 where the config says nothing. */
function memory(config: VmConfig): string {
  return propertiesOf(config, 'memory', 'current').get('current') ?? '512';
}

function agentType(config: VmConfig): 'virtio' | 'isa' | null {
  const given = propertiesOf(config, 'agent', 'enabled');
  if (parseBoolean(given.get('enabled') ?? '') !== true) return null;
  return given.get('type') === 'isa' ? 'isa' : 'virtio';
}

function propertiesOf(config: VmConfig, key: string, defaultKey: string): ReadonlyMap<string, string> {
  const { properties } = parsePropertyString(valueOf(config, key) ?? '', defaultKey);
  return new Map(properties.map((property) => [property.key, property.value]));
}
