import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import type { Connection, Reach } from './connection.ts';
import { withYamlValue, yamlFlow, YamlNotEdited, type YamlValue } from './yaml-edit.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** Where a guest's VM comes from, as far as somebody can tell by looking at the node. */
export type GuestVm = { readonly template: number } | { readonly vm: number };

/** What an owner's file is to say of one host. What else it says of it stays. */
export interface OwnerWish {
  readonly reach: Exclude<Reach, { readonly api: string }>;
  readonly vmids: { readonly from: number; readonly to: number };
  readonly guests: Readonly<Record<string, GuestVm>>;
}

/**
 * The text of the owner's file with what is wished of one host. Every other byte stays: other hosts, comments, guests
 * that are not wished for. What is in force already is not written again.
 *
 * @param text null: there is no file yet
 * @param inForce what the file says of that host now
 * @throws YamlNotEdited the file has a form in which that cannot be done
 */
export function withHostEntry(
  text: string | null,
  host: string,
  wish: OwnerWish,
  inForce: Connection | null,
): string {
  if (text === null) return `${HEAD}${entryText(host, wish)}`;
  const known = parseDocument(text).toJS() as unknown;
  const names = typeof known === 'object' && known !== null ? Object.keys(known) : [];
  if (!names.includes(host)) return appended(text, host, wish);
  const { reach, vmids, guests } = wish;
  const changes: readonly (readonly [path: readonly string[], value: YamlValue])[] = [
    ...(isDeepStrictEqual(inForce?.reach, reach) ? [] : [[['reach'], reach] as const]),
    ...(isDeepStrictEqual(inForce?.vmids, vmids) ? [] : [[['vmids'], vmids] as const]),
    ...Object.entries(guests)
      .filter(([guest, vm]) => !isSameVm(vm, inForce?.guests[guest]))
      .map(([guest, vm]) => guestChange(guest, vm, inForce?.guests[guest])),
  ];
  return changes.reduce((out, [path, value]) => withYamlValue(out, [host, ...path], value), text);
}

/** Of the same kind only the number changes: how clones are made, and where, stays. */
function guestChange(
  guest: string,
  wished: GuestVm,
  there: Connection['guests'][string] | undefined,
): readonly [path: readonly string[], value: YamlValue] {
  const [[kind, number] = ['', 0]] = Object.entries(wished);
  return there !== undefined && kind in there
    ? [['guests', guest, kind], number]
    : [['guests', guest], wished];
}

const HEAD = [
  '# How this machine reaches its lab hosts, and what it may use there.',
  '# Yours alone: it belongs into no repository. Written by `code43 init`;',
  '# docs/proxmox.md and docs/scenarios.md say what else may stand here.',
  '',
].join('\n');

function entryText(host: string, { reach, vmids, guests }: OwnerWish): string {
  const lines = Object.entries(guests).map(
    ([guest, vm]) => `    ${yamlScalar(guest)}: ${yamlFlow(vm)}${meaning(vm)}`,
  );
  return [
    `${yamlScalar(host)}: # scenarios/hosts/${host}.yaml`,
    `  reach: ${yamlFlow(reach)}`,
    `  vmids: ${yamlFlow(vmids)} # numbers for clones`,
    ...(lines.length === 0 ? [] : ['  guests:', ...lines]),
    '',
  ].join('\n');
}

function meaning(vm: GuestVm): string {
  return 'template' in vm ? ' # every run is a clone, destroyed after it' : ' # rolled back after each run';
}

/** A host more, at the end of a file that has others. */
function appended(text: string, host: string, wish: OwnerWish): string {
  const entry = entryText(host, wish);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edited = `${text.trimEnd()}\n\n${entry}`.replaceAll(/\r?\n/g, eol);
  const was = parseDocument(text).toJS() as unknown;
  const meant = { ...(was as object | null), ...(parseDocument(entry).toJS() as object) };
  const document = parseDocument(edited);
  if (document.errors.length > 0 || !isDeepStrictEqual(document.toJS(), meant))
    throw new YamlNotEdited('a host cannot be added at its end');
  return edited;
}

function isSameVm(wished: GuestVm, there: Connection['guests'][string] | undefined): boolean {
  if (there === undefined) return false;
  return 'template' in wished
    ? 'template' in there && there.template === wished.template
    : 'vm' in there && there.vm === wished.vm;
}
