import type { RomFindingId } from './finding-ids.ts';

export interface TestRomRecipe {
  readonly name: string;
  readonly about: string;
  /** The findings the reader makes of it, in order. */
  readonly findings: readonly RomFindingId[];
  /** Whether UEFI firmware would execute an EFI image of it. */
  readonly executable: boolean;
}

/** Every test ROM that `writeTestRom` can write. */
export const TEST_ROM_RECIPES = [
  {
    name: 'good',
    about: 'a PC-AT image, then an EFI image marked as the last',
    findings: [],
    executable: true,
  },
  { name: 'efi-only', about: 'one EFI image', findings: [], executable: true },
  { name: 'legacy-only', about: 'one PC-AT image', findings: ['rom.no-efi-image'], executable: false },
  {
    name: 'bad-header',
    about: 'the good ROM with FA CF as its first bytes, which Linux reports as "got 0xcffa"',
    findings: ['rom.header-signature'],
    executable: false,
  },
  {
    name: 'bad-data-signature',
    about: 'the good ROM with a damaged PCIR signature in its first image',
    findings: ['rom.data-signature'],
    executable: false,
  },
  {
    name: 'truncated',
    about: 'a PC-AT image, then an EFI image of which the second half is missing',
    findings: ['rom.truncated'],
    executable: false,
  },
  {
    name: 'chained',
    about: 'four images: PC-AT, Open Firmware and two EFI images',
    findings: [],
    executable: true,
  },
  {
    name: 'oversized',
    about: 'the good ROM with 252 KiB of data behind its last image',
    findings: ['rom.trailing-bytes'],
    executable: true,
  },
  {
    name: 'no-last-image',
    about: 'the good ROM without the last-image bit',
    findings: ['rom.no-last-image'],
    executable: true,
  },
] as const satisfies readonly TestRomRecipe[];

export type TestRomRecipeName = (typeof TEST_ROM_RECIPES)[number]['name'];

/** In: any text, such as a manifest's `recipe`. Out: whether `writeTestRom` knows it. */
export function isTestRomRecipe(name: string): name is TestRomRecipeName {
  return TEST_ROM_RECIPES.some((recipe) => recipe.name === name);
}
