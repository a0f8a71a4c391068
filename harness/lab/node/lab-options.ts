import { readFileSync } from 'node:fs';
import { type LabOptions, LabOptionsSchema } from '../lab-options.ts';
import { LAB } from './places.ts';

/** How this node was asked for. */
export function readLabOptions(): LabOptions {
  return LabOptionsSchema.parse(JSON.parse(readFileSync(LAB.options, 'utf8')));
}
