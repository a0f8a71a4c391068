import { normalAddress } from './hostpci.ts';
import { parseBoolean } from './property-string.ts';

/** A value of a property in one of the spellings that mean the same: booleans as 0 or 1, PCI addresses whole. */
export function oneSpelling(value: string): string {
  const truth = /^(?:on|off|yes|no|true|false)$/i.test(value) ? parseBoolean(value) : null;
  return truth === null ? (normalAddress(value) ?? value) : truth ? '1' : '0';
}
