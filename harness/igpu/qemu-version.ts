/** A version of QEMU as far as iGPU rules ask for it: major and minor. */
export type QemuVersion = readonly [major: number, minor: number];

/** Reads `10.1.2`, `9.2`, `pc-q35-10.0` or `10.1.2-1`; null where there is no version. */
export function qemuVersionOf(text: string): QemuVersion | null {
  const [, major, minor] = /(?<![\d.])(\d{1,3})\.(\d{1,3})(?!\d)/.exec(text.slice(0, 200)) ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
}

export function isBefore([major, minor]: QemuVersion, [otherMajor, otherMinor]: QemuVersion): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
