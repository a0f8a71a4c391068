import { CATALOGUE } from './catalogue.ts';
import { DEVICE_ROWS } from './device-rows.ts';
import type { Row } from './row.ts';

/** Every row there is, in the order in which docs/failures.md tells of them. */
export const ROWS: readonly Row[] = [...CATALOGUE, ...DEVICE_ROWS];
