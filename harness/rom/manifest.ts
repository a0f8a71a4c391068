import * as z from 'zod/mini';
import { PCI_ID } from './pci-id.ts';
import { TEST_ROM_RECIPES } from './test-rom-recipes.ts';

/** One path segment that is safe in a reference, a file system and a VM config. */
const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._+-]{0,99}';

/**
 * A file name that can stand in `romfile=`: letters, digits, `.`, `_`, `+`, `-`, not led by a dot or a dash. Proxmox
 * appends it to /usr/share/kvm/ unchecked (qemu-server QemuServer/PCI.pm), so no slash, comma or semicolon can pass.
 */
export const ROM_FILE_NAME = new RegExp(`^${SEGMENT}$`);

const text = z.string().check(z.minLength(1), z.maxLength(2000));
const httpsUrl = z.string().check(z.maxLength(500), z.regex(/^https:\/\/[!-~]+$/));
const common = {
  /** What a scenario calls it, after the manifest's id. */
  name: z.string().check(z.regex(new RegExp(`^${SEGMENT}$`))),
  file: z.string().check(z.regex(ROM_FILE_NAME)),
  /** PCI ids it is meant for by its release's words; no claim that it works. */
  devices: z.array(z.string().check(z.regex(PCI_ID))).check(z.minLength(1), z.maxLength(1000)),
  note: z.optional(text),
};

/** A file of the release. `url: null` says that it can only be given as a file, `sha256: null` "not pinned yet". */
const ReleasedRomSchema = z
  .strictObject({
    ...common,
    url: z.nullable(httpsUrl),
    sha256: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  })
  .check(
    z.refine(({ url, sha256 }) => url !== null || sha256 !== null, {
      path: ['sha256'],
      error: 'expected a digest: without a url nothing else says which file it is',
    }),
  );

/** A ROM that the harness writes itself. */
const TestRomSchema = z.strictObject({
  ...common,
  recipe: z.enum(TEST_ROM_RECIPES.map(({ name }) => name)),
});

/** One `roms/*.yaml`: the ROMs of one release. Facts and links only; the binaries are never in the repository. */
export const ManifestSchema = z
  .strictObject({
    /** `<project>/<tag>`, or one word. */
    id: z.string().check(z.regex(new RegExp(`^${SEGMENT}(/${SEGMENT})?$`))),
    name: text,
    source: z.nullable(z.strictObject({ url: httpsUrl, release: z.optional(httpsUrl) })),
    /** Who built the files, and from what. */
    origin: text,
    /** A note on licences, for people. */
    licence: text,
    /** ISO 8601 date; null where nobody knows. */
    released: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
    roms: z.array(z.union([ReleasedRomSchema, TestRomSchema])).check(z.minLength(1), z.maxLength(200)),
  })
  .check(
    z.refine(({ roms }) => unique(roms.map(({ name }) => name)), {
      path: ['roms'],
      error: 'Two ROMs share one name',
    }),
    z.refine(({ roms }) => unique(roms.map(({ file }) => file)), {
      path: ['roms'],
      error: 'Two ROMs share one file',
    }),
  );

export type Manifest = z.infer<typeof ManifestSchema>;
export type ManifestRom = Manifest['roms'][number];

/** What scenarios call this ROM: `<manifest id>/<rom name>`, such as `test/good`. */
export function romRef(manifest: Pick<Manifest, 'id'>, rom: Pick<ManifestRom, 'name'>): string {
  return `${manifest.id}/${rom.name}`;
}

function unique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
