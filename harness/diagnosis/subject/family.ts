import { igpuFamily, type IgpuFamily } from '../../igpu/families.ts';
import { familyOfProcessor } from '../../igpu/processors.ts';
import { perCase } from './per-case.ts';

/** What the iGPU may be, the likeliest first: by its device id, else by the processor's name. */
const candidates = perCase(({ facts }): readonly IgpuFamily[] => {
  const device = facts.get('device');
  const byId = device === null ? null : igpuFamily(device);
  if (byId !== null) return [byId];
  const found = facts
    .of('cpu')
    .map(({ value }) => familyOfProcessor(value))
    .find((one) => one !== null);
  return found === undefined || found.noGraphics ? [] : found.candidates;
});

/** The iGPU's family, or the likeliest one; null where nothing tells. */
export const familyOf = perCase((of): IgpuFamily | null => candidates(of)[0] ?? null);

/** The iGPU's generation in QEMU's words; null: QEMU knows none; undefined: not known here. */
export const generationOf = perCase((of): number | null | undefined => {
  const [first, ...others] = new Set(candidates(of).map(({ generation }) => generation));
  return others.length > 0 ? undefined : first;
});
