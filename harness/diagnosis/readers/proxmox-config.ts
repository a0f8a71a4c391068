import { splitArgs } from '../../vmconfig/args.ts';
import type { ConfigEntry } from '../../vmconfig/entry.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import { splitKey } from '../../vmconfig/keys.ts';
import { isOn, propertyMap } from '../../vmconfig/property-string.ts';
import type { Part } from '../part.ts';
import type { Quote } from '../quote.ts';
import type { CpuSetup } from '../vm-setup.ts';
import { lineQuote } from './line-quote.ts';
import { hostpciDevices } from './proxmox-config/hostpci-device.ts';
import { plainLines } from './proxmox-config/plain-lines.ts';
import { takenSlots } from './proxmox-config/taken-slots.ts';
import { setupFacts } from './setup-facts.ts';
import type { SetupRead } from './setup-read.ts';
import { applyOptions } from './vm-draft/apply-options.ts';
import { withCpuFlag } from './vm-draft/cpu-option.ts';
import { qemuOptions } from './vm-draft/qemu-option.ts';
import { machineOf, NO_CPU, type VmDraft, vmDraft, vmSetup } from './vm-draft/vm-draft.ts';

type Keys = ReadonlyMap<string, { readonly value: string; readonly quote: Quote }>;

/** Keys that Proxmox writes into nearly every config: with some of them, what is absent has its default. */
const USUAL = ['boot', 'cores', 'memory', 'smbios1', 'vmgenid', 'name', 'net0', 'numa', 'sockets', 'scsihw'];

/**
 * A Proxmox VM config, whole or a few lines of it: what is in force, never what a snapshot or `[PENDING]` holds. What
 * an excerpt does not say is not known; of a whole config the defaults of Proxmox are.
 */
export function readProxmoxConfig(part: Part): SetupRead {
  const { entries } = parseVmConfig(plainLines(part.lines).join('\n'));
  const at = (entry: ConfigEntry): Quote => {
    const line = part.lines[entry.line - 1];
    return lineQuote(part, line ?? { n: part.from, text: '' });
  };
  const keys: Keys = new Map(entries.map((entry) => [entry.key, { value: entry.value, quote: at(entry) }]));
  if (!entries.some(({ key }) => isTelling(key))) return { setup: null, facts: [], notUnderstood: [] };
  const draft = vmDraft('proxmox', part.input);
  for (const [key, { quote }] of keys) draft.at.set(key, quote);
  const whole = USUAL.filter((key) => keys.has(key)).length >= 4;
  readBasics(draft, keys, whole);
  for (const entry of entries) {
    const { family, index } = splitKey(entry.key);
    if (family !== 'hostpci' || index === null || index > 15) continue;
    draft.devices.push(
      ...hostpciDevices(entry, index, { ovmf: draft.firmware === 'ovmf', quote: at(entry) }),
    );
  }
  readDisplay(draft, keys, whole);
  readCpu(draft, keys);
  readSlots(draft, keys);
  readArgs(draft, keys);
  const setup = vmSetup(draft);
  return { setup, facts: setupFacts(setup, 'proxmox'), notUnderstood: [] };
}

function isTelling(key: string): boolean {
  return /^(?:hostpci\d|args$|machine$|vga$|bios$|cpu$|ostype$|scsihw$|balloon$|efidisk0$)/.test(key);
}

function readBasics(draft: VmDraft, keys: Keys, whole: boolean): void {
  const value = (key: string): string | null => keys.get(key)?.value ?? null;
  const type = propertyMap(value('machine'), 'type').get('type') ?? (whole ? 'pc' : null);
  if (type !== null) draft.machine = machineOf(type);
  const bios = value('bios') ?? (whole ? 'seabios' : null);
  draft.firmware = bios === 'ovmf' || bios === 'seabios' ? bios : null;
  draft.memory = numberOf(propertyMap(value('memory'), 'current').get('current'));
  const balloon = numberOf(value('balloon') ?? undefined);
  draft.ballooning = balloon !== null && balloon > 0 && balloon < (draft.memory ?? Infinity);
  draft.ostype = value('ostype');
  const agent = value('agent');
  draft.agent = agent === null ? (whole ? false : null) : isOn(propertyMap(agent, 'enabled').get('enabled'));
}

/** A VM without `vga` has a standard one, but with `x-vga=1` none. Source: PVE/QemuServer.pm, get_vga_properties. */
function readDisplay(draft: VmDraft, keys: Keys, whole: boolean): void {
  const given = propertyMap(keys.get('vga')?.value ?? null, 'type').get('type');
  const primary = draft.devices.some(({ xVga }) => xVga);
  draft.display = given ?? (primary ? 'none' : whole ? 'std' : null);
}

/** Source: PVE/QemuServer/CPUConfig.pm; PCI.pm for what `x-vga` does. */
function readCpu(draft: VmDraft, keys: Keys): void {
  const given = propertyMap(keys.get('cpu')?.value ?? null, 'cputype');
  const model = given.get('cputype') ?? null;
  const primary = draft.devices.some(({ xVga }) => xVga);
  const windows = /^(?:win|w2k|wvista)/.test(draft.ostype ?? '');
  const physBits = given.get('phys-bits');
  const base: CpuSetup = {
    ...NO_CPU,
    model,
    hidden: isOn(given.get('hidden'), primary),
    hvVendorId: given.get('hv-vendor-id') ?? (primary && windows ? 'proxmox' : null),
    vendor: /^(?:athlon|phenom|Opteron|EPYC)/.test(model ?? '') ? 'AuthenticAMD' : null,
    physBits: numberOf(physBits),
    hostPhysBits: physBits === 'host' ? true : null,
  };
  draft.cpu = (given.get('flags')?.split(';') ?? []).reduce(withCpuFlag, base);
}

function readSlots(draft: VmDraft, keys: Keys): void {
  const machine = draft.at.get('machine') ?? draft.devices[0]?.quote ?? [...draft.at.values()][0];
  const { machine: type, display } = draft;
  if (type.type === null || machine === undefined) return;
  const legacyIgd = draft.devices.some((device) => device.legacyIgd);
  draft.taken.push(...takenSlots({ q35: type.type === 'q35', display, keys, machine, legacyIgd }));
}

function readArgs(draft: VmDraft, keys: Keys): void {
  const args = keys.get('args');
  if (args === undefined) return;
  const { value: text, quote } = args;
  const split = splitArgs(text);
  const words = split.kind === 'words' ? split.words.map((word) => word.text) : null;
  draft.args = { text, words, quote };
  const { display, memory } = draft;
  applyOptions(draft, qemuOptions((words ?? []).map((word) => ({ text: word, quote }))));
  // Proxmox's own stands before them; a second display or size in `args` is an addition.
  draft.display = display ?? draft.display;
  draft.memory = memory ?? draft.memory;
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,8}$/.test(text) ? Number(text) : null;
}
