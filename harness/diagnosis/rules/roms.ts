import type { Rule } from '../rule.ts';
import { romDigest } from './rom-digest.ts';
import { romFile } from './rom-file.ts';
import { romFit } from './rom-fit.ts';
import { romMissing } from './rom-missing.ts';
import { romTold } from './rom-told.ts';

/** Every rule about the device’s option ROM. */
export const ROM_RULES: readonly Rule[] = [romMissing, romFile, romFit, romTold, romDigest];
