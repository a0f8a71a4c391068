import { ManifestSchema, romRef, type Manifest, type ManifestRom } from '../rom/manifest.ts';
import { parseSource } from './document.ts';
import { validate } from './validate.ts';
import { yamlScalar } from './yaml-scalar.ts';

type Released = Extract<ManifestRom, { readonly url: unknown }>;

/** A change to a manifest's text that would not have come out as it was meant. */
export class ManifestNotEdited extends Error {
  override readonly name = 'ManifestNotEdited';
}

const UNPINNED = /^null\b(?:[ \t]*#[ \t]*not pinned yet[ \t]*$)?/m;

/**
 * Writes the digest of the ROM with this name in place of `sha256: null`; all else stays as it is, but for a comment that says "not pinned yet".
 *
 * @throws {ManifestNotEdited} the text has another form, or another digest is there
 */
export function pinned(text: string, name: string, sha256: string): string {
  const { document, manifest } = parse(text);
  const index = manifest.roms.findIndex((each) => each.name === name);
  const rom = manifest.roms[index];
  if (rom === undefined || !('sha256' in rom) || rom.sha256 !== null)
    throw new ManifestNotEdited('its sha256 is not open');
  const { line, column } = document.at(['roms', index, 'sha256']);
  const lines = text.split('\n');
  const before = lines[line - 1] ?? '';
  const rest = before.slice(column - 1);
  if (!UNPINNED.test(rest)) throw new ManifestNotEdited(`line ${line} does not say sha256: null`);
  lines[line - 1] = before.slice(0, column - 1) + rest.replace(UNPINNED, sha256);
  const roms = manifest.roms.map((each, i) => (i === index ? { ...each, sha256 } : each));
  return asMeant(lines.join('\n'), { ...manifest, roms });
}

/**
 * Adds a ROM at the end of `roms:`.
 *
 * @throws {ManifestNotEdited} a ROM of that name or file is there, or `roms:` is not the last key, one `- name:` a ROM
 */
export function withRom(text: string, rom: Released): string {
  const { manifest } = parse(text);
  const taken = manifest.roms.find(({ name, file }) => name === rom.name || file === rom.file);
  if (taken !== undefined)
    throw new ManifestNotEdited(`${romRef(manifest, taken)} (${taken.file}) is there already`);
  const added = `${text.trimEnd()}\n\n${romText(rom)}`;
  return asMeant(added, { ...manifest, roms: [...manifest.roms, rom] });
}

/** The text of a manifest that does not exist yet. */
export function manifestText(manifest: Omit<Manifest, 'roms'>, rom: Released, comment: string): string {
  const { id, name, source, origin, licence, released } = manifest;
  const text = [
    ...comment.split('\n').map((line) => `# ${line}`.trimEnd()),
    `id: ${yamlScalar(id)}`,
    `name: ${yamlScalar(name)}`,
    source === null ? 'source: null' : 'source:',
    ...(source === null ? [] : [`  url: ${yamlScalar(source.url)}`]),
    ...(source?.release === undefined ? [] : [`  release: ${yamlScalar(source.release)}`]),
    `origin: ${yamlScalar(origin)}`,
    `licence: ${yamlScalar(licence)}`,
    `released: ${released === null ? 'null' : yamlScalar(released)}`,
    'roms:',
    romText(rom),
  ].join('\n');
  return asMeant(text, { ...manifest, roms: [rom] });
}

function romText({ name, file, url, sha256, devices, note }: Released): string {
  return [
    `  - name: ${yamlScalar(name)}`,
    `    file: ${yamlScalar(file)}`,
    `    url: ${url === null ? 'null' : yamlScalar(url)}`,
    `    sha256: ${sha256 ?? 'null # not pinned yet'}`,
    '    # prettier-ignore',
    '    devices:',
    `      [${devices.map(yamlScalar).join(', ')}]`,
    ...(note === undefined ? [] : [`    note: ${yamlScalar(note)}`]),
    '',
  ].join('\n');
}

function parse(text: string) {
  const { document, problems } = parseSource('manifest', text, ([first]) => first === 'released');
  if (document === null) throw new ManifestNotEdited(problems[0]?.message ?? 'it cannot be read');
  const { value, problems: wrong } = validate(ManifestSchema, document);
  if (value === null) throw new ManifestNotEdited(wrong[0]?.message ?? 'it is no manifest');
  return { document, manifest: value };
}

/** Reads the text again: what was to change has changed, and nothing else. */
function asMeant(text: string, meant: Manifest): string {
  const { manifest } = parse(text);
  if (JSON.stringify(sorted(manifest)) !== JSON.stringify(sorted(meant)))
    throw new ManifestNotEdited('the text would not say what was meant; edit it by hand');
  return text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]),
  );
}
