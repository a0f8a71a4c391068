import { passedDevice } from '../vmconfig/device.ts';
import { withProperty } from '../vmconfig/edit.ts';
import { ConfigEditError } from '../vmconfig/edit-error.ts';
import { extraArgs } from '../vmconfig/extra-args.ts';
import { classOfKey } from '../vmconfig/keys.ts';
import type { ConfigProblem } from '../vmconfig/entry.ts';
import { parseVmConfig, type VmConfig } from '../vmconfig/parse.ts';
import { checkPolicy } from '../vmconfig/policy.ts';
import { underTest } from '../vmconfig/under-test.ts';
import type { Axis, Combination } from './axes.ts';
import type { CellRom, HostFile, OwnerLine } from './cell.ts';
import { pathOf, type Chosen } from './choices.ts';
import type { Path } from './document.ts';
import type { ProblemList } from './problem-list.ts';
import { quote } from './problem.ts';
import { suggestion } from './suggestion.ts';

const CONFIG: Path = ['config'];

/** The VM config of a scenario, from which every cell's own is made. */
export class BaseConfig {
  readonly #text: string;
  readonly #parsed: VmConfig;
  readonly #axes: readonly Axis[];
  readonly #problems: ProblemList;

  /** Notes what is wrong with the text itself and with the axes that change it. */
  constructor(text: string, axes: readonly Axis[], problems: ProblemList) {
    this.#text = text;
    this.#parsed = parseVmConfig(text);
    // The whole key before its properties, whatever their order in the file.
    this.#axes = axes.filter(({ name }) => name.startsWith('config.')).sort((a, b) => depth(a) - depth(b));
    this.#problems = problems;
    for (const problem of this.#parsed.problems) this.#note(problem);
    for (const axis of this.#axes) this.#checkAxis(axis.name);
  }

  /** One note on all keys that are the guest's own, and what else the reader has to tell. */
  tell(notes: ProblemList): void {
    const ignored = this.#parsed.entries.filter(({ key }) => classOfKey(key) === 'guest');
    const [first] = ignored;
    if (first !== undefined) {
      const keys = ignored.map(({ key }) => key).join(', ');
      notes.place(notes.document.atText(CONFIG, first.line, 1), `belongs to the guest, ignored: ${keys}`);
    }
    for (const { line, column, message, hint } of this.#parsed.notes) {
      notes.place(notes.document.atText(CONFIG, line, column), message, hint);
    }
  }

  /** The config under test of one cell, and the ROM that it gives; null when a problem was noted instead. */
  of(
    combination: Combination,
    host: HostFile,
    rom: Chosen<CellRom | null>,
    allowed: readonly OwnerLine[],
  ): { readonly text: string; readonly rom: CellRom; readonly ownerArgs: readonly OwnerLine[] } | null {
    const varied = this.#vary(combination);
    if (varied === null) return null;
    const given = rom.value === null ? romOfConfig(varied, host) : rom.value;
    const text = rom.value === null ? varied : this.#withRom(varied, rom.value, host, rom.path, combination);
    if (text === null) return null;
    const config = parseVmConfig(text);
    const found = [
      ...config.problems,
      ...checkPolicy(config, {
        igpuAddress: host.igpu.address,
        ownerArgs: allowed.map(({ text: line }) => line),
      }),
    ];
    for (const problem of found) this.#note(problem, combination);
    if (found.length > 0) return null;
    return {
      text: underTest(config)
        .map(({ key, value }) => `${key}: ${value}\n`)
        .join(''),
      rom: given,
      ownerArgs: usedLines(config, allowed),
    };
  }

  #checkAxis(name: string): void {
    const [, key = ''] = name.split('.');
    const keyClass = classOfKey(key);
    if (keyClass === 'under-test') return;
    const why = {
      guest: 'belongs to the guest',
      refused: 'is not taken from a scenario',
      unknown: 'is no known key',
    };
    const hint = suggestion(
      key,
      this.#parsed.entries.map((entry) => entry.key),
    );
    this.#problems.atKey(
      ['axes', name],
      `the axis ${quote(name)} cannot be: ${quote(key)} ${why[keyClass]}`,
      hint,
    );
  }

  #vary(combination: Combination): string | null {
    let text = this.#text;
    for (const { name } of this.#axes) {
      const value = combination[name];
      if (value === undefined) continue;
      const path = pathOf(name, combination, this.#axes);
      const edited = this.#edit(text, name.slice('config.'.length), value === 'null' ? null : value, path);
      if (edited === null) return null;
      text = edited;
    }
    return text;
  }

  #withRom(text: string, rom: CellRom, host: HostFile, path: Path, combination: Combination): string | null {
    const passed = passedDevice(parseVmConfig(text), host.igpu.address);
    if (passed !== null && passed.romfile !== null) {
      const at = passed.entry.column + Math.max(0, passed.entry.value.indexOf('romfile='));
      const message = `the config already gives a ROM, romfile=${passed.romfile}, and "rom" gives one too`;
      const { line, key } = passed.entry;
      this.#note({ line, column: at, key, message, hint: 'take romfile out of the config' }, combination);
      return null;
    }
    if (!('file' in rom)) return text;
    if (passed !== null) return this.#edit(text, `${passed.entry.key}.romfile`, rom.file, path);
    const message = `no ROM can be given: no hostpci passes ${host.igpu.address}, the iGPU of the host ${quote(host.id)}`;
    this.#problems.at(path, message, `add "hostpci0: ${host.igpu.address}" to the config`);
    return null;
  }

  #edit(text: string, property: string, value: string | null, path: Path): string | null {
    try {
      return withProperty(text, property, value);
    } catch (error) {
      if (!(error instanceof ConfigEditError)) throw error;
      this.#problems.at(path, `the axis value does not fit the config: ${error.message}`);
      return null;
    }
  }

  /** Notes a problem of the config where its cause stands: at the axis value that changed the key, else in the text. */
  #note(problem: ConfigProblem, combination: Combination = {}): void {
    const { key, message, hint } = problem;
    const axis = this.#axes.find(({ name }) => name.split('.')[1] === key && combination[name] !== undefined);
    if (axis !== undefined) {
      const path = pathOf(axis.name, combination, this.#axes);
      this.#problems.at(path, `axis ${axis.name}: ${message}`, hint);
      return;
    }
    const { document } = this.#problems;
    const line = this.#parsed.entries.find((entry) => entry.key === key)?.line ?? problem.line;
    this.#problems.place(document.atText(CONFIG, line, problem.column), message, hint);
  }
}

/** Of the lines that an owner allows, those that the config's args have. */
function usedLines(config: VmConfig, allowed: readonly OwnerLine[]): readonly OwnerLine[] {
  return allowed.filter(({ text }) => extraArgs(config, [text]).some(({ kind }) => kind === 'owner'));
}

function depth({ name }: Axis): number {
  return name.split('.').length;
}

/** The ROM that a config names by itself: a file on the host of which nothing else is known. */
function romOfConfig(text: string, host: HostFile): CellRom {
  const romfile = passedDevice(parseVmConfig(text), host.igpu.address)?.romfile ?? null;
  if (romfile === null) return { ref: 'none' };
  return { ref: romfile, file: romfile, sha256: null, url: null, recipe: null };
}
