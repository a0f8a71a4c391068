import { type ArgWord, splitArgs } from './args.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { ROMFILE } from './values.ts';

/** One thing that `args:` says: a device property, a line that the owner allows, or anything else. */
export type ExtraArg =
  | SetProperty
  | {
      readonly kind: 'owner';
      /** The owner's line as it is split: what reaches QEMU. */
      readonly words: readonly string[];
      readonly text: string;
      readonly column: number;
    }
  | { readonly kind: 'other'; readonly text: string; readonly column: number };

/** `-set device.<device>.<property>=<value>`: what QEMU overrides on the device of that id. */
export interface SetProperty {
  readonly kind: 'set';
  /** The hostpci key whose device it is, such as `hostpci0`. */
  readonly device: string;
  readonly property: string;
  readonly value: string;
  /** In the value of `args:`, counted from 1. */
  readonly column: number;
}

const ON_OFF = /^(?:on|off)$/;
const HEX_ID = /^0x[0-9a-fA-F]{1,4}$/;

// QEMU: hw/vfio/pci.c (x-…), hw/pci/pci.c (addr, rombar, romfile). Buses: those that Proxmox gives a VM.
const SETTABLE: ReadonlyMap<string, RegExp> = new Map([
  ['bus', /^(?:pcie\.0|pci\.[0-4]|ich9-pcie-port-(?:[1-9]|1[0-6]))$/],
  // Always hex, with or without 0x: QEMU reads it with %x.%x (hw/core/qdev-properties-system.c).
  ['addr', /^(?:0x)?[01]?[0-9a-fA-F](?:\.[0-7])?$/],
  ['rombar', /^[01]$/],
  ['romfile', new RegExp(`${ROMFILE.pattern.source}|^$`)],
  ['x-vga', ON_OFF],
  ['x-igd-opregion', ON_OFF],
  ['x-igd-legacy-mode', /^(?:on|off|auto)$/],
  ['x-igd-lpc', ON_OFF],
  ['x-igd-gms', /^(?:0x[0-9a-fA-F]{1,2}|\d{1,3})$/],
  ['x-pci-vendor-id', HEX_ID],
  ['x-pci-device-id', HEX_ID],
  ['x-pci-sub-vendor-id', HEX_ID],
  ['x-pci-sub-device-id', HEX_ID],
]);

export const SETTABLE_PROPERTIES: readonly string[] = [...SETTABLE.keys()];

/** Whether a property of the table has a value of its pattern; null for a property that is not in the table. */
export function isSettable({ property, value }: SetProperty): boolean | null {
  return SETTABLE.get(property)?.test(value) ?? null;
}

/**
 * What the config's `args:` says, in order; empty without args, and where an unbalanced quote makes Proxmox drop
 * them all. `ownerArgs` are whole lines, split the same way, of which the words must stand there exactly.
 */
export function extraArgs(config: VmConfig, ownerArgs: readonly string[] = []): readonly ExtraArg[] {
  const split = splitArgs(valueOf(config, 'args') ?? '');
  if (split.kind === 'unbalanced') return [];
  const owner = ownerArgs.map(ownerWords).sort((a, b) => b.length - a.length);
  const found: ExtraArg[] = [];
  let rest = split.words;
  for (let [word] = rest; word !== undefined; [word] = rest) {
    const { arg, used } = readOne(word, rest, owner);
    found.push(arg);
    rest = rest.slice(used);
  }
  return found;
}

function readOne(
  word: ArgWord,
  rest: readonly ArgWord[],
  owner: readonly (readonly string[])[],
): { readonly arg: ExtraArg; readonly used: number } {
  const line = owner.find((words) => words.length > 0 && words.every((text, i) => rest[i]?.text === text));
  if (line !== undefined) {
    const arg = { kind: 'owner', words: line, text: line.join(' '), column: word.column } as const;
    return { arg, used: line.length };
  }
  const set = word.text === '-set' ? readSet(rest[1]) : null;
  if (set !== null) return { arg: set, used: 2 };
  return { arg: { kind: 'other', text: word.text, column: word.column }, used: 1 };
}

function readSet(word: ArgWord | undefined): SetProperty | null {
  const [, device, property, value] =
    /^device\.(hostpci(?:\d|1[0-5]))\.([a-z0-9-]{1,40})=(.*)$/s.exec(word?.text ?? '') ?? [];
  if (device === undefined || property === undefined || value === undefined || word === undefined)
    return null;
  return { kind: 'set', device, property, value, column: word.column };
}

function ownerWords(line: string): readonly string[] {
  const split = splitArgs(line);
  return split.kind === 'words' ? split.words.map((word) => word.text) : [];
}
