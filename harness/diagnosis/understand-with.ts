import { baseName } from './base-name.ts';
import type { Case, RomSeen } from './case.ts';
import { Facts, type Fact } from './fact.ts';
import type { Part } from './part.ts';
import { EMPTY, emptyRom, type ReadInput } from './read/input-reader.ts';
import type { Readers } from './readers.ts';
import { graphicsNamed } from './readers/graphics-named.ts';
import { ofOtherMachine } from './readers/other-machine.ts';
import type { LoggedCommand } from './readers/start-log.ts';
import { findSignals } from './scan/signals.ts';
import { SIGNATURES } from './signatures.ts';
import { withToldConfig } from './told-config.ts';
import type { Quote } from './quote.ts';
import type { VmSetup } from './vm-setup.ts';

/** Everything that the inputs say, put together, and what of their plain facts was not understood. */
export interface Understood {
  readonly of: Case;
  /** The texts of its VMs, as they were given. */
  readonly texts: ReadonlyMap<VmSetup, string>;
  readonly notUnderstood: readonly Quote[];
}

/**
 * Puts together what was read. The order of the inputs does not matter.
 * @param readers of every kind of part that the inputs have
 */
export function understandWith(readers: Readers, inputs: readonly ReadInput[]): Understood {
  const all = inputs
    .toSorted((a, b) => (a.seen.input < b.seen.input ? -1 : a.seen.input > b.seen.input ? 1 : 0))
    .flatMap((input) => input.parts);
  const other = ofOtherMachine(all);
  const given = all.filter(({ kind }) => !other.kinds.has(kind));
  const parts = withToldConfig(given);
  const signals = findSignals(given, SIGNATURES, held(inputs));
  const facts: Fact[] = [];
  const texts = new Map<VmSetup, string>();
  const roms: RomSeen[] = [];
  const notUnderstood: Quote[] = [];
  const logged: LoggedCommand[] = [];
  for (const part of parts) {
    const read = readers.get(part.kind)?.(part);
    if (read === undefined) throw new TypeError(`No reader of "${part.kind}" was given for ${part.input}`);
    const own = [...read.facts, ...graphicsNamed(part)];
    facts.push(...own.filter(({ quote }) => !other.says(quote.input, quote.line)));
    for (const vm of read.vms) texts.set(vm, part.lines.map(({ text }) => text).join('\n'));
    roms.push(...read.roms);
    notUnderstood.push(...read.notUnderstood);
    if (read.logged !== null) logged.push(read.logged);
  }
  // What a log quotes is nobody's config, so it counts only where there is none.
  const quoted = texts.size > 0 ? undefined : logged.at(-1);
  if (quoted?.setup) {
    facts.push(...quoted.facts);
    texts.set(quoted.setup, quoted.text);
  }
  for (const part of emptyRoms(inputs, [...texts.keys()]))
    roms.push(...(readers.get('rom')?.(part).roms ?? []));
  const of = { facts: new Facts(facts), signals, vms: [...texts.keys()], roms };
  return { of, texts, notUnderstood };
}

/** Empty files that a VM names as its ROM, whatever their names end with. */
function emptyRoms(inputs: readonly ReadInput[], vms: readonly VmSetup[]): readonly Part[] {
  const named = new Set(
    vms.flatMap(({ devices }) => devices.flatMap(({ romfile }) => (romfile ? [baseName(romfile)] : []))),
  );
  return inputs.flatMap(({ seen, parts }) =>
    seen.problem === EMPTY && parts.length === 0 && named.has(baseName(seen.input))
      ? [emptyRom(seen.input)]
      : [],
  );
}

/** How many lines hold each literal, over all inputs. */
function held(inputs: readonly ReadInput[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const input of inputs)
    for (const [literal, count] of input.held) sum.set(literal, (sum.get(literal) ?? 0) + count);
  return sum;
}
