/** Longest listing that is looked at, in characters. */
const MAX_LISTING = 512 * 1024;
const MAX_ENTRIES = 2_000;

/** A device as a listing of pnputil or wmic has it. */
export interface Listed {
  /** `vendor:device`, lower-case hex. */
  readonly id: string;
  /** Null where the listing names none. */
  readonly code: number | null;
}

/**
 * Text of a Windows console program without what differs from machine to machine: UTF-16 (wmic, redirected), a byte
 * order mark, and the line ends `\r\n` and `\r\r\n` (wmic).
 */
function plainLines(out: string): string {
  return out
    .slice(0, MAX_LISTING)
    .replaceAll('\0', '')
    .replace(/^(?:\xff\xfe|\xef\xbb\xbf)/, '')
    .replace(/\r+\n?/g, '\n');
}

function blocks(out: string): readonly string[] {
  return plainLines(out)
    .split(/\n[ \t]*\n+/)
    .slice(0, MAX_ENTRIES);
}

function pciId(text: string): string | null {
  const [, vendor, device] = /PCI\\VEN_([0-9A-F]{4})&(?:amp;)?DEV_([0-9A-F]{4})/i.exec(text) ?? [];
  return vendor === undefined || device === undefined ? null : `${vendor}:${device}`.toLowerCase();
}

/**
 * The PCI devices that `pnputil /enum-devices` lists: blocks parted by a blank line, each beginning with the line of
 * the instance id. Labels are in the guest's language and in its OEM code page, so only ASCII values count:
 * the id, and a problem code that a line has as its value, `43 (0x2B)`, in two ways that agree.
 *
 * @param out one character a byte
 */
export function pnputilDevices(out: string): readonly Listed[] {
  return blocks(out).flatMap((block) => {
    const [first = '', ...rest] = block.trim().split('\n');
    const id = pciId(first);
    return id === null ? [] : [{ id, code: pnputilCode(rest) }];
  });
}

function pnputilCode(lines: readonly string[]): number | null {
  for (const line of lines) {
    const [, decimal, hex] =
      /^[^:]{1,80}:[ \t]*(\d{1,3})[ \t]*\(0x([0-9A-F]{1,8})\)/i.exec(line.slice(0, 300)) ?? [];
    if (decimal === undefined || hex === undefined) continue;
    if (Number(decimal) === Number.parseInt(hex, 16)) return Number(decimal);
  }
  return null;
}

/**
 * The PCI devices that `wmic path Win32_PnPEntity … /format:list` lists: `Name=value` lines, blocks parted by blank
 * lines. wmic writes `&` as `&amp;`.
 *
 * @param out one character a byte
 */
export function wmicDevices(out: string): readonly Listed[] {
  return blocks(out).flatMap((block) => {
    const id = pciId(/^PNPDeviceID=(.{1,300})$/m.exec(block)?.[1] ?? '');
    if (id === null) return [];
    const code = /^ConfigManagerErrorCode=(\d{1,3})[ \t]*$/m.exec(block)?.[1];
    return [{ id, code: code === undefined ? null : Number(code) }];
  });
}

/** A value of a key as `reg query` prints it: name, type and value parted by spaces; null where it is not there. */
export function registryValue(out: string, name: string): string | null {
  const pattern = new RegExp(`^[ \\t]+${name}[ \\t]+REG_[A-Z_]+[ \\t]+(\\S{1,200})`, 'm');
  return pattern.exec(plainLines(out))?.[1] ?? null;
}
