import { fileOffset, loadAddress, type PeHeader } from './pe-header.ts';
import { utf16At } from './text-in-driver.ts';
import type { RomView } from './view.ts';

/** The version of an Intel GOP driver, and the offset of the code in the driver that it was read from. */
export interface GopVersion {
  readonly version: string;
  readonly offset: number;
}

/** The whole of the code that joins the text, in bytes; measured: at most 192. */
const LONGEST_CODE = 512;

/**
 * Reads the version that an Intel GOP driver gives as its name, such as `Intel(R) GOP Driver [21.0.1056]`. The text is not
 * in the file: code joins " [", "21", ".", "0", ".", "1056" and "]", so its `lea reg, [rip+x]` instructions are followed.
 *
 * Intel documents none of this. Measured: it gives the version of all sixteen IntelGopDriver files, 5.0 to 21.0, that the
 * repository lixiaoliu666/intel6-14rom holds in Build/ at 8372ef03ff. Out: null where the code has another form.
 */
export function gopVersion(file: RomView, pe: PeHeader): GopVersion | null {
  let began: number | null = null;
  let parts: string[] = [];
  for (let at = 0; at + 7 <= file.size; at += 1) {
    if (began !== null && at - began > LONGEST_CODE) began = null;
    if (!isLea(file, at)) continue;
    const text = textReferred(file, pe, at);
    if (text === ' [') {
      began = at;
      parts = [];
    } else if (began === null || text === null || text === '.') {
      continue;
    } else if (text === ']') {
      if (parts.length === 3) return { version: parts.join('.'), offset: began };
      began = null;
    } else if (/^\d{1,5}$/.test(text) && parts.length < 3) {
      parts.push(text);
    } else {
      began = null;
    }
  }
  return null;
}

/** `lea r64, [rip + disp32]`: REX.W, 8D, and a ModRM byte of mode 0 with base 5. */
function isLea(file: RomView, at: number): boolean {
  return (file.u8(at) & 0xfb) === 0x48 && file.u8(at + 1) === 0x8d && (file.u8(at + 2) & 0xc7) === 0x05;
}

function textReferred(file: RomView, pe: PeHeader, at: number): string | null {
  const next = loadAddress(pe, at + 7);
  if (next === null) return null;
  const target = fileOffset(pe, (next + file.u32(at + 3)) % 0x1_0000_0000);
  return target === null ? null : utf16At(file, target, 5);
}
