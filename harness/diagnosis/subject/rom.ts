import { hasNoGopByName } from '../../igpu/gop-lines.ts';
import type { Quote } from '../quote.ts';
import { igpuDevices } from './igpu-devices.ts';
import { perCase } from './per-case.ts';

/** A ROM that is given to the iGPU, or that somebody names, with the line that says so. */
export interface NamedRom {
  readonly name: string;
  readonly quote: Quote;
}

/** What is given by a VM counts; only without one what facts name. */
export const namedRoms = perCase((of): readonly NamedRom[] => {
  const given = of.vms
    .flatMap(igpuDevices)
    .flatMap(({ romfile, quote }) => (romfile === null ? [] : [{ name: romfile, quote }]));
  return given.length > 0
    ? given
    : of.facts.of('romName').map(({ value, quote }) => ({ name: value, quote }));
});

/** Lines that say that the ROM has no GOP driver; empty where nothing does. */
export const romWithoutGop = perCase((of): readonly Quote[] => {
  const named = namedRoms(of);
  const byName = named.filter(({ name }) => hasNoGopByName(name));
  const told = of.facts.of('romState').filter(({ value }) => value === 'no-gop');
  const all = byName.length === named.length ? byName : [];
  return [...all, ...told].map(({ quote }) => quote);
});
