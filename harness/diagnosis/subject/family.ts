import { familyOfCode, igpuFamily, type IgpuFamily } from '../../igpu/families.ts';
import { familiesByGraphicsName } from '../../igpu/graphics-names.ts';
import { familyOfProcessor } from '../../igpu/processors.ts';
import { perCase } from './per-case.ts';

/**
 * What the iGPU may be, the likeliest first: by its device id, else by what machines call it, the processor's name, or
 * what people call it. Empty where nothing tells.
 */
export const familiesOf = perCase(({ facts }): readonly IgpuFamily[] => {
  const device = facts.get('device');
  const byId = device === null ? null : igpuFamily(device);
  if (byId !== null) return [byId];
  const names = facts.of('codename');
  const machines = named(names.filter(({ by }) => by === 'machine').map(({ value }) => value));
  if (machines.length > 0) return machines;
  const found = facts
    .of('cpu')
    .map(({ value }) => familyOfProcessor(value))
    .find((one) => one !== null);
  if (found !== undefined) return found.noGraphics ? [] : found.candidates;
  return named(names.map(({ value }) => value));
});

/** By a codename, or by what Intel calls the graphics. */
function named(names: readonly string[]): readonly IgpuFamily[] {
  const found = names.map(
    (name) => familyOfProcessor(name)?.candidates ?? familiesByGraphicsName(name).map(familyOfCode),
  );
  return found.find((families) => families.length > 0) ?? [];
}

/** The iGPU's family, or the likeliest one; null where nothing tells. */
export const familyOf = perCase((of): IgpuFamily | null => familiesOf(of)[0] ?? null);

/** The iGPU's generation in QEMU's words; null: QEMU knows none; undefined: not known here. */
export const generationOf = perCase((of): number | null | undefined => {
  const [first, ...others] = new Set(familiesOf(of).map(({ generation }) => generation));
  return others.length > 0 ? undefined : first;
});
