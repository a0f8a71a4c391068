import type { NumberedLine, Part } from './part.ts';
import { configShape } from './read/config-shape.ts';

/** An entry of Proxmox’s VM config within a sentence: "my conf has: args: -set …", "config reads hostpci0: …". */
const ENTRY = /^(.{2,80}?)(?<![\w-])((?:hostpci\d{1,2}|args):\s{0,2}\S.*)$/;
const NOT_SO =
  /\b(?:not?|without|removed?|deleted|tried|old|previous(?:ly)?|before|was|were|had|formerly|instead|should|would|example|guide|readme|n['’]t|nicht|ohne|mit|if|with|using|when|adding|other|second|another)\b|\?/i;

/**
 * Parts, with entries of a VM's config that stand within plain speech put where the rest of that config is, or else
 * together as one of their own. An entry that the config has itself stays as it is.
 */
export function withToldConfig(parts: readonly Part[]): readonly Part[] {
  const told = parts.flatMap((part) =>
    part.kind === 'facts' ? [{ part, lines: part.lines.flatMap(entryIn) }] : [],
  );
  return told
    .filter(({ lines }) => lines.length > 0)
    .reduce<readonly Part[]>((all, { part, lines }) => put(all, part, lines), parts);
}

function entryIn({ n, text }: NumberedLine): readonly NumberedLine[] {
  const [, before = '', entry = ''] = ENTRY.exec(text.slice(0, 2_000)) ?? [];
  return before === '' || NOT_SO.test(before) || configShape(entry) === null
    ? []
    : [{ n, text: entry.trim() }];
}

function put(parts: readonly Part[], { input }: Part, lines: readonly NumberedLine[]): readonly Part[] {
  const config = parts.find((part) => part.kind === 'proxmox-config' && part.input === input);
  if (config !== undefined) {
    const keys = new Set(config.lines.map(keyOf));
    const more = lines.filter((line) => !keys.has(keyOf(line)));
    const all = [...config.lines, ...more].toSorted((a, b) => a.n - b.n);
    return parts.map((part) => (part === config ? { ...part, lines: all } : part));
  }
  const known = parts.some(({ kind }) => /^(?:proxmox-config|libvirt-xml|qemu-command-line)$/.test(kind));
  const [first, last] = [lines[0], lines.at(-1)];
  // By itself an entry tells of a VM only where it names the passed device.
  const ofDevice = lines.some(({ text }) => /^hostpci|device/.test(text));
  if (known || !ofDevice || first === undefined || last === undefined) return parts;
  return [...parts, { kind: 'proxmox-config', input, from: first.n, to: last.n, lines, bytes: null }];
}

function keyOf({ text }: NumberedLine): string {
  return /^\s{0,8}([\w-]{1,30}):/.exec(text)?.[1] ?? '';
}
