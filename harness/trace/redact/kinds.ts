import type { Kind } from './kind.ts';
import { ADDRESSES } from './kinds/addresses.ts';
import { HARDWARE } from './kinds/hardware.ts';
import { PEOPLE } from './kinds/people.ts';
import { STORAGES } from './kinds/storage.ts';

/**
 * All that is an identity and no secret, in the order in which it is looked for: of two that overlap the first counts.
 * Secrets (`kinds/secrets.ts`) are looked for before any of them.
 */
export const KINDS: readonly Kind[] = [...ADDRESSES, ...PEOPLE, ...HARDWARE, ...STORAGES];
