import { splitArgs } from './args.ts';
import { type ExtraArg, extraArgs, isSettable, SETTABLE_PROPERTIES, type SetProperty } from './extra-args.ts';
import { namesDevice, parseHostpci } from './hostpci.ts';
import { classOfKey, splitKey } from './keys.ts';
import { type ConfigEntry, type ConfigProblem, problemIn } from './entry.ts';
import type { VmConfig } from './parse.ts';
import { quote } from './quote.ts';
import { valueProblems } from './values.ts';

export interface PolicyRules {
  /** The one device that `hostpci` may name, as `0000:00:02.0`. */
  readonly igpuAddress: string;
  /** Lines of QEMU arguments that the host's owner allows, word for word. */
  readonly ownerArgs: readonly string[];
}

const DRIVES = new Set([
  'scsi',
  'ide',
  'sata',
  'virtio',
  'efidisk',
  'tpmstate',
  'unused',
  'cdrom',
  'serial',
  'vmstate',
]);

/**
 * What in a config must not run on a host, for configs come from strangers and a QEMU argument can run a shell.
 * Empty: nothing. An accepted config yields no QEMU option but those of `toQemu`, and on Proxmox none but
 * those of its own keys, `-set device.hostpciN.…` of a known table, and the owner's lines.
 */
export function checkPolicy(config: VmConfig, rules: PolicyRules): ConfigProblem[] {
  return [
    ...config.entries.flatMap((entry) => entryProblems(entry, config, rules)),
    ...passedTwice(config, rules),
  ];
}

function entryProblems(entry: ConfigEntry, config: VmConfig, rules: PolicyRules): ConfigProblem[] {
  const { key } = entry;
  switch (classOfKey(key)) {
    case 'refused':
      return [problemIn(entry, `${key} is not taken from a scenario`, 'remove the line')];
    case 'unknown':
      return [problemIn(entry, `${quote(key)} is not a key that is known here`, 'remove the line')];
    case 'guest':
      return guestKeyProblems(entry);
    case 'under-test':
      if (key === 'args') return argsProblems(entry, config, rules);
      return [...valueProblems(entry), ...hostpciProblems(entry, rules)];
  }
}

/** A guest key that names something of the host. */
export function guestKeyProblems(entry: ConfigEntry): ConfigProblem[] {
  const { family } = splitKey(entry.key);
  if (family === 'usb' && !/^(?:host=)?spice(?:,usb3=[01])?$/i.test(entry.value)) {
    return [problemIn(entry, `${entry.key} passes a device of the host`, 'remove the line')];
  }
  if (DRIVES.has(family) && /(?:^|[,=;])\/|\/dev\//.test(entry.value)) {
    return [problemIn(entry, `${entry.key} names a path of the host`, 'remove the line')];
  }
  return [];
}

function hostpciProblems(entry: ConfigEntry, { igpuAddress }: PolicyRules): ConfigProblem[] {
  if (splitKey(entry.key).family !== 'hostpci') return [];
  const { hosts, mapping } = parseHostpci(entry.value);
  const allowed = `only ${igpuAddress} may be passed here`;
  if (mapping !== null)
    return [problemIn(entry, `${entry.key}: a mapping does not say which device it is`, allowed)];
  if (hosts.length !== 1) return [problemIn(entry, `${entry.key} must name one device`, allowed)];
  return hosts
    .filter((host) => !namesDevice(host, igpuAddress))
    .map((host) => problemIn(entry, `${entry.key} names ${host}, which is not this host's iGPU`, allowed));
}

function passedTwice(config: VmConfig, { igpuAddress }: PolicyRules): ConfigProblem[] {
  const [first, ...more] = config.entries.filter(
    (entry) =>
      splitKey(entry.key).family === 'hostpci' &&
      parseHostpci(entry.value).hosts.some((host) => namesDevice(host, igpuAddress)),
  );
  return more.map((entry) => problemIn(entry, `${entry.key} passes the same device as ${first?.key ?? ''}`));
}

function argsProblems(entry: ConfigEntry, config: VmConfig, { ownerArgs }: PolicyRules): ConfigProblem[] {
  const split = splitArgs(entry.value);
  if (split.kind === 'words') {
    return extraArgs(config, ownerArgs).flatMap((arg) => argProblems(arg, entry, config));
  }
  const what = split.reason === 'quote' ? 'a quote is not closed' : 'a backslash stands at the end';
  return [
    problemIn(
      entry,
      `args: ${what}, so Proxmox would drop all args without a word`,
      'close it',
      split.column - 1,
    ),
  ];
}

function argProblems(arg: ExtraArg, entry: ConfigEntry, config: VmConfig): ConfigProblem[] {
  if (arg.kind === 'owner') return [];
  if (arg.kind === 'set') {
    const wrong = setProblem(arg, config);
    return wrong === null ? [] : [problemIn(entry, wrong.message, wrong.hint, arg.column - 1)];
  }
  const hint =
    'only -set device.hostpciN.<property>=<value> is; the owner of a host may allow other lines there';
  return [problemIn(entry, `args: ${quote(arg.text)} is not allowed`, hint, arg.column - 1)];
}

function setProblem(
  set: SetProperty,
  config: VmConfig,
): { readonly message: string; readonly hint: string | null } | null {
  const settable = isSettable(set);
  if (settable === null) {
    const hint = `allowed are ${SETTABLE_PROPERTIES.join(', ')}`;
    return { message: `args: the property ${quote(set.property)} may not be set`, hint };
  }
  if (!settable) return { message: `args: ${set.property} cannot be ${quote(set.value)}`, hint: null };
  if (config.entries.some((entry) => entry.key === set.device)) return null;
  return { message: `args set ${set.device}, which the config does not have`, hint: `add ${set.device}` };
}
