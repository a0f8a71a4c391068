import { knownRom, type ConfigEdit, type KnownRom } from '../igpu/known-roms.ts';
import type { TraceHeader } from '../trace/header.ts';
import { parseVmConfig } from '../vmconfig/parse.ts';
import { passedDevice } from '../vmconfig/device.ts';
import type { Change, Fix } from './result.ts';

/** What to change so that the device gets a ROM that is known to fit it. */
export function romFix(context: TraceHeader): Fix {
  const known = knownRom(context.host.igpu.id);
  const { slot, present } = readConfig(context);
  if (known === null) return { supported: [generic(context, slot)], alsoSeen: [], paste: null };
  const wanted = (edits: readonly ConfigEdit[]): readonly ConfigEdit[] =>
    edits.map((edit) => renumber(edit, slot)).filter((edit) => !present(edit));
  const supported = wanted(known.supported);
  const alsoSeen = wanted(known.alsoSeen);
  return {
    supported: [fetchRom(known), ...supported.map((edit) => asChange(edit, context, slot))],
    alsoSeen: alsoSeen.map((edit) => asChange(edit, context, slot)),
    paste: {
      supported: applyEdits(context.cell.config ?? '', context.host.igpu.address, slot, supported),
      both: applyEdits(context.cell.config ?? '', context.host.igpu.address, slot, [
        ...supported,
        ...alsoSeen,
      ]),
    },
  };
}

/**
 * The lines of a VM config that the edits touch, with the edits applied: properties are added to hostpci, words to
 * args, other keys get the value.
 */
export function applyEdits(
  config: string,
  address: string,
  slot: number,
  edits: readonly ConfigEdit[],
): string {
  const entries = new Map(parseVmConfig(config).entries.map((entry) => [entry.key, entry.value]));
  const touched = new Set<string>();
  for (const edit of edits) {
    const key = edit.key === 'hostpci' ? `hostpci${slot}` : edit.key;
    const value = entries.get(key) ?? (edit.key === 'hostpci' ? address : '');
    touched.add(key);
    if (edit.key === 'hostpci') entries.set(key, `${value},${edit.add}`);
    else if (edit.key === 'args') entries.set(key, `${value} ${edit.add}`.trim());
    else entries.set(key, edit.add);
  }
  return [...touched].map((key) => `${key}: ${entries.get(key) ?? ''}`).join('\n');
}

function readConfig(context: TraceHeader): { slot: number; present: (edit: ConfigEdit) => boolean } {
  if (context.cell.config === null) return { slot: 0, present: () => false };
  const config = parseVmConfig(context.cell.config);
  const slot = passedDevice(config, context.host.igpu.address)?.index ?? 0;
  const values = new Map(config.entries.map((entry) => [entry.key, entry.value]));
  return {
    slot,
    present: (edit) => {
      const value = values.get(edit.key === 'hostpci' ? `hostpci${slot}` : edit.key) ?? '';
      if (edit.key === 'hostpci') return value.split(',').includes(edit.add);
      return edit.key === 'args' ? value.includes(edit.add) : value === edit.add;
    },
  };
}

function renumber(edit: ConfigEdit, slot: number): ConfigEdit {
  return { ...edit, add: edit.add.replaceAll('device.hostpci0.', `device.hostpci${slot}.`) };
}

function asChange(edit: ConfigEdit, context: TraceHeader, slot: number): Change {
  const text =
    edit.key === 'hostpci'
      ? `hostpci${slot}: ${context.host.igpu.address},…,${edit.add}`
      : `${edit.key}: ${edit.add}`;
  return { where: 'config', text, why: edit.why, source: edit.source };
}

function fetchRom(known: KnownRom): Change {
  return {
    where: 'rom',
    text: `${known.file} (${known.ref}) into /usr/share/kvm/, sha256 ${known.sha256 ?? 'not pinned yet'}`,
    why: 'the ROM that this iGPU is reported to work with',
    source: known.url,
  };
}

function generic(context: TraceHeader, slot: number): Change {
  return {
    where: 'config',
    text: `hostpci${slot}: ${context.host.igpu.address},…,romfile=<a ROM with an EFI image for ${context.host.igpu.id}>`,
    why: 'the driver needs what an option ROM hands over',
    source: 'QEMU docs/igd-assign.txt',
  };
}
