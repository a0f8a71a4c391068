/** The last part of a path as any system writes it: `C:\roms\igd.rom` and `roms/igd.rom` are `igd.rom`. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).pop() ?? '';
}
