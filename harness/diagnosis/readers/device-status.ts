import { problemName } from '../../guest/answers/problem-codes.ts';
import { igpuFamily } from '../../igpu/families.ts';
import type { NumberedLine, Part } from '../part.ts';
import { placed, quoteOf, said, type Reading, type Said } from './reading.ts';

const LAST_CODE = 57;
const CODE_BY_NAME = new Map(
  Array.from({ length: LAST_CODE }, (_, at) => [problemName(at + 1) ?? '', at + 1] as const),
);

/** What one line tells of a device, in whatever language its label is. */
interface Told {
  readonly line: NumberedLine;
  readonly id: string | null;
  readonly facts: readonly Said[];
  /** An empty line or a new instance id: another device begins. */
  readonly begins: boolean;
}

/**
 * Reads what Windows says of its devices: `pnputil /enum-devices`, `Get-PnpDevice`, Device Manager's text, events. Only
 * what no translation touches is looked at: instance ids, `CM_PROB_…`, numbers in parentheses, driver versions. Where
 * several devices are listed the Intel display device is the one in question. Pure; never throws.
 */
export function readDeviceStatus(part: Part): Reading {
  const blocks = blocksOf(part.lines.map(told));
  const named = blocks.filter((block) => block.some(({ id }) => id !== null));
  const igpu = named.find((block) => block.some(({ id }) => id !== null && igpuFamily(id) !== null));
  const chosen = igpu ?? (named.length === 0 ? blocks.flat() : []);
  const facts = chosen.flatMap(({ line, facts: all }) => placed(all, 'machine', quoteOf(part, line)));
  const windows =
    part.lines[0] === undefined
      ? []
      : placed([said('guestOs', 'windows')], 'machine', quoteOf(part, part.lines[0]));
  return { facts: [...windows, ...facts], notUnderstood: [] };
}

function blocksOf(lines: readonly Told[]): readonly (readonly Told[])[] {
  const blocks: Told[][] = [[]];
  let named = false;
  for (const line of lines) {
    // A table has a device a line; a list has one a paragraph.
    if (line.begins && (line.id === null || named)) {
      blocks.push([]);
      named = false;
    }
    if (line.id !== null) named = true;
    blocks.at(-1)?.push(line);
  }
  return blocks;
}

/** The status word of a device that runs: `pnputil`'s, and the first column of `Get-PnpDevice`. */
const STARTED =
  /:\s{0,60}(?:Started|Gestartet|Démarré|Iniciado|Avviato|Gestart|Uruchomiono|Запущено|已启动|已啟動|開始|시작됨)\s*$|^\s{0,8}OK\s|^\s{0,8}Status\s{0,40}:\s{0,4}OK\s*$|device is working properly/iu;

const INSTANCE = /\bPCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})/i;

function told(line: NumberedLine): Told {
  const text = line.text.slice(0, 1_000);
  const [instance, vendor, device] = INSTANCE.exec(text) ?? [];
  const id = instance === undefined ? null : `${vendor ?? ''}:${device ?? ''}`.toLowerCase();
  const code = codeIn(text);
  return {
    line,
    id,
    begins: text.trim() === '' || id !== null,
    facts: [
      ...(id === null ? [] : [said('device', id)]),
      ...(code === null ? [] : ofCode(code)),
      ...(code === null && STARTED.test(text) ? ofCode(0) : []),
      ...driver(text),
    ],
  };
}

function ofCode(code: number): readonly Said[] {
  if (code === 0) return [said('problemCode', 0)];
  return [
    said('problemCode', code),
    said('symptom', code === 43 ? 'code-43' : 'problem-code'),
    said('outcome', 'fails'),
  ];
}

/** `43 (0x2B) [CM_PROB_FAILED_POST_START]`, `CM_PROB_NONE`, `(Code 43)`, `(代码 43)`, `ConfigManagerErrorCode : 43`. */
export function codeIn(text: string): number | null {
  const name = /\bCM_PROB_\w{3,40}/.exec(text)?.[0];
  if (name === 'CM_PROB_NONE') return 0;
  const byName = name === undefined ? undefined : CODE_BY_NAME.get(name);
  if (byName !== undefined) return byName;
  const number =
    /(?<![\w.])(\d{1,2}) \(0x[0-9a-f]{1,2}\)/i.exec(text)?.[1] ??
    /\(\s{0,2}[^()\d]{2,20}[ : -]{0,3}(\d{1,2})\s{0,2}\)/u.exec(text)?.[1] ??
    /\b(?:ConfigManagerErrorCode|ProblemCode|Problem ?Code|Problem|Code)["']?\s{0,40}[:=]\s{0,4}["']?(\d{1,2})\b(?!\.\d)/i.exec(
      text,
    )?.[1] ??
    /\bCode (\d{1,2})\b/i.exec(text)?.[1];
  return number === undefined || Number(number) > LAST_CODE ? null : Number(number);
}

function driver(text: string): readonly Said[] {
  const version = /(?<![\w.])(\d{1,2}\.\d{1,2}\.\d{1,4}\.\d{1,5})(?![\w.])/.exec(text)?.[1];
  const basic = /\b(?:BasicDisplay|display\.inf|Microsoft Basic Display)\b/i.test(text);
  return [
    ...(version === undefined ? [] : [said('guestDriver', version)]),
    ...(basic
      ? [said('guestDriver', 'Microsoft Basic Display Adapter'), said('symptom', 'basic-display')]
      : []),
  ];
}
