import type { ConfigFile, ConfigLine, Section } from './config-file.ts';

/**
 * The config with a key of one of its sections set to a value, or removed with null: the last line of the key is
 * changed, a further one goes to the end of the section, and a removed key loses all its lines. The lines that are
 * not touched stay as they are. Only the texts of the lines are right afterwards; write and read it again.
 */
export function withSetting(
  file: ConfigFile,
  section: Section,
  key: string,
  value: string | null,
): ConfigFile {
  const lines = value === null ? without(section, key) : withValue(file, section, key, value);
  return { sections: file.sections.map((each) => (each === section ? { ...section, lines } : each)) };
}

function without({ lines }: Section, key: string): readonly ConfigLine[] {
  return lines.filter(({ text }) => !text.startsWith(`${key}:`));
}

function withValue(file: ConfigFile, section: Section, key: string, value: string): readonly ConfigLine[] {
  const { lines } = section;
  const at = lines.findLastIndex(({ holds }) => 'entry' in holds && holds.entry?.key === key);
  const line = lines[at];
  if (line === undefined) return inserted(file, section, `${key}: ${value}`);
  return lines.with(at, { ...line, text: `${key}: ${value}${line.text.endsWith('\r') ? '\r' : ''}` });
}

/** The line goes to the end of the section, before the empty lines that end it. */
function inserted(file: ConfigFile, section: Section, text: string): readonly ConfigLine[] {
  const ending = file.sections.some(({ lines }) => lines.some((line) => line.text.endsWith('\r')))
    ? '\r'
    : '';
  const last = section.lines.findLastIndex(({ holds }) => holds.kind !== 'blank');
  const blank = (line: string): ConfigLine => ({ number: 0, text: line, holds: { kind: 'blank' } });
  const before = section.lines
    .slice(0, last + 1)
    .map((line, i) =>
      i === last && !line.text.endsWith('\r') ? { ...line, text: line.text + ending } : line,
    );
  const after = section.lines.slice(last + 1);
  // A text ends in a line end, and its lines in an empty one.
  const ends = after.length > 0 || section !== file.sections.at(-1) ? after : [blank('')];
  return [...before, blank(text + ending), ...ends];
}
