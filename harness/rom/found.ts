import type { RomFindingId } from './finding-ids.ts';

/** Something the reader noticed: the finding's id, the byte offset in the file, and what was read there. */
export type Found = (id: RomFindingId, offset: number, text: string) => void;
