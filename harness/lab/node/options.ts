import { NotInStandIn, Refusal } from './refusal.ts';

/** What an option takes: `flag` may stand without a value and is 0 or 1. */
export type OptionKind = 'string' | 'integer' | 'flag';

export interface Usage {
  /** As the program prints it: `qm start <vmid> [OPTIONS]`. */
  readonly line: string;
  /** Words that must stand there, in order. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, OptionKind>>;
  /** Options that a real node has for this verb and the stand-in has not. */
  readonly elsewhere?: RegExp;
  /** Whether words may follow `--`. */
  readonly rest?: true;
}

export interface Given {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
}

/** Wrong use, with the exit code and in the form of the transcripts `unknown option` and `VMID not a number`. */
export function wrongUse(problem: string, { line }: Pick<Usage, 'line'>): Refusal {
  return new Refusal(`${problem}\n${line}`, 255);
}

/** @throws Refusal the command is not used as the verb wants; NotInStandIn */
export function readOptions(argv: readonly string[], usage: Usage): Given {
  const words: string[] = [];
  const options: Record<string, string> = {};
  const left = [...argv];
  while (left.length > 0) {
    const word = left.shift() ?? '';
    if (word === '--' && usage.rest) return check({ words, options, rest: left }, usage);
    const [, name, value] = /^--?([A-Za-z][A-Za-z0-9_-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else options[name] = valueOf(name, value, left, usage);
  }
  return check({ words, options, rest: [] }, usage);
}

function valueOf(name: string, joined: string | undefined, left: string[], usage: Usage): string {
  const kind = usage.options[name];
  if (kind === undefined) {
    if (usage.elsewhere?.test(name)) throw new NotInStandIn(`--${name} of ${usage.line}`);
    throw new Refusal(`Unknown option: ${name}\n400 unable to parse option\n${usage.line}`, 255);
  }
  if (joined !== undefined) return joined;
  if (kind === 'flag' && !/^(?:0|1|yes|no|on|off|true|false)$/.test(left[0] ?? '')) return '1';
  const value = left.shift();
  if (value === undefined) throw new NotInStandIn(`--${name} without a value`);
  return value;
}

function check(given: Given, usage: Usage): Given {
  if (given.words.length !== usage.words.length)
    throw new NotInStandIn(`${given.words.length} words for ${usage.line}`);
  for (const [at, name] of usage.words.entries()) {
    const word = given.words[at] ?? '';
    if (/vmid|newid|pid/.test(name) && !/^\d+$/.test(word))
      throw wrongUse(
        `400 Parameter verification failed.\n${name}: type check ('integer') failed - got '${word}'`,
        usage,
      );
  }
  return given;
}

/** Whether a flag is given and on. */
export function isOn(value: string | undefined, fallback = false): boolean {
  return value === undefined ? fallback : /^(?:1|yes|on|true)$/.test(value);
}
