/** A kernel module that is not in the kernel itself. */
export interface KernelModule {
  readonly name: string;
  /** Its ELF file, not compressed. */
  readonly bytes: Uint8Array;
}

/** The kernel counts `-` and `_` in module names as the same. */
function plainName(name: string): string {
  return name.replaceAll('-', '_');
}

/** Module name of `…/virtio-rng.ko.xz`, as other modules call it; null for other files. */
export function moduleName(path: string): string | null {
  const [, name] = /([^/]+)\.ko(?:\.[a-z0-9]+)?$/.exec(path) ?? [];
  return name === undefined ? null : plainName(name);
}

/** What a module needs to be loaded first: `depends=` of its .modinfo (Linux scripts/mod/modpost.c). */
export function moduleDepends(bytes: Uint8Array): readonly string[] {
  const [, depends = ''] = /\0depends=([\w,-]*)\0/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return depends
    .split(',')
    .filter((name) => name !== '')
    .map(plainName);
}

/**
 * The modules that `wanted` need, themselves included, each after what it depends on.
 *
 * @param load gives a module's bytes, or null where it is built into the kernel; throws where there is no such module
 */
export async function inLoadOrder(
  wanted: readonly string[],
  load: (name: string) => Promise<Uint8Array | null>,
): Promise<readonly KernelModule[]> {
  const order: KernelModule[] = [];
  const seen = new Set<string>();
  async function visit(name: string): Promise<void> {
    if (seen.has(name)) return;
    seen.add(name);
    const bytes = await load(name);
    if (bytes === null) return;
    for (const depended of moduleDepends(bytes)) await visit(depended);
    order.push({ name, bytes });
  }
  for (const name of wanted) await visit(name);
  return order;
}
