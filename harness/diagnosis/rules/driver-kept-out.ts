import type { Case } from '../case.ts';
import type { Quote } from '../quote.ts';
import { modulesAsked } from './sriov-wanted.ts';

const DRIVERS = ['i915', 'xe'] as const;

/**
 * The settings of the host that keep every driver from loading that could make virtual functions: nomodeset, or a
 * blacklist of all of them. Empty where one may load. `module_blacklist=` is a list by commas (kernel/module/main.c).
 */
export function keptOut(of: Case): readonly Quote[] {
  const lines = of.facts.of('kernelCommandLine');
  const options = of.facts.of('moduleOptions');
  const nomodeset = lines.filter(({ value }) => /(?:^|\s)nomodeset(?:\s|$)/.test(value));
  if (nomodeset.length > 0) return nomodeset.map(({ quote }) => quote);
  const asked = modulesAsked(of);
  const barred = (asked.length > 0 ? asked : DRIVERS).map((driver) => [
    ...lines.filter(({ value }) => listed(value).includes(driver)),
    ...options.filter(({ value }) => bars(value, driver)),
  ]);
  return barred.every((found) => found.length > 0) ? barred.flat().map(({ quote }) => quote) : [];
}

function listed(commandLine: string): readonly string[] {
  return [...commandLine.matchAll(/\b(?:module_blacklist|modprobe\.blacklist)=(\S{1,200})/g)].flatMap(
    ([, names = '']) => names.split(','),
  );
}

/** A plain `blacklist` only keeps a driver from loading by itself; here that is what should happen. */
function bars(option: string, driver: string): boolean {
  return new RegExp(
    String.raw`^(?:blacklist ${driver}\b|install ${driver} /(?:usr/)?bin/(?:false|true))`,
  ).test(option);
}
