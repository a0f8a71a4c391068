import { debugPath, nameInPath } from './debug-path.ts';
import { gopVersion, type GopVersion } from './gop-version.ts';
import { type PeHeader, readPeHeader } from './pe-header.ts';
import { ascii, findBytes, type FoundText, utf16, utf16Texts } from './text-in-driver.ts';
import { readVbt, type Vbt, VBT_SIGNATURE } from './vbt.ts';
import type { RomView } from './view.ts';

/** The drivers that the ROMs of this field are made of. */
export type KnownDriver = 'IntelGopDriver' | 'IgdAssignmentDxe' | 'PlatformGopPolicy';

/** What can be read of an EFI driver without running it. Offsets count from the start of the driver, in bytes. */
export interface Driver {
  readonly size: number;
  /** Null: it has no PE header, so firmware cannot load it. */
  readonly pe: PeHeader | null;
  /** What its builder called it, from the path of its debug symbols. */
  readonly builtAs: FoundText | null;
  readonly known: Recognised | null;
  readonly gopVersion: GopVersion | null;
  /** Texts that look like names for people. */
  readonly texts: readonly FoundText[];
  readonly vbts: readonly Vbt[];
}

/** How a driver was told from others. */
export interface Recognised {
  readonly name: KnownDriver;
  readonly by: string;
  readonly offset: number;
  /** False: a guess from something that other drivers may have as well. */
  readonly sure: boolean;
}

const GOP_NAME = 'Intel(R) GOP Driver';
const OPREGION = 'etc/igd-opregion';
const BDSM_SIZE = 'etc/igd-bdsm-size';
/** EC2E931B-3281-48A5-8107-DF8A8BED3C5D: the protocol by which a GOP driver asks for the VBT (VfioIgdPkg, PlatformGopPolicy.h). */
const GOP_POLICY_GUID = [
  0x1b, 0x93, 0x2e, 0xec, 0x81, 0x32, 0xa5, 0x48, 0x81, 0x07, 0xdf, 0x8a, 0x8b, 0xed, 0x3c, 0x5d,
];
const WANTED = {
  gopName: utf16(GOP_NAME),
  opRegion: ascii(OPREGION),
  bdsmSize: ascii(BDSM_SIZE),
  gopPolicy: GOP_POLICY_GUID,
  vbt: VBT_SIGNATURE,
};
const MOST_PLACES = 16;
const SHORTEST_NAME = 6;
const MOST_NAMES = 8;
/** UEFI component names are words for people, such as `Virtio Network Driver`. */
const LOOKS_LIKE_A_NAME = / .*(?:driver|controller|device|adapter)|(?:driver|graphics|display) .*/i;

type Places = Readonly<Record<keyof typeof WANTED, readonly number[]>>;

/** Reads a driver's headers, names and tables. In: a view of the driver alone. Never throws; its work is linear in its size. */
export function readDriver(file: RomView): Driver {
  const pe = readPeHeader(file);
  const places = findBytes(file, WANTED, MOST_PLACES);
  const builtAs = pe === null ? null : debugPath(file, pe);
  const known = recognise(builtAs, places);
  return {
    size: file.size,
    pe,
    builtAs,
    known,
    gopVersion: pe !== null && places.gopName.length > 0 ? gopVersion(file, pe) : null,
    texts: utf16Texts(file, SHORTEST_NAME, 1000)
      .filter(({ text }) => LOOKS_LIKE_A_NAME.test(text))
      .slice(0, MOST_NAMES),
    vbts: places.vbt.map((at) => readVbt(file, at)),
  };
}

function recognise(builtAs: FoundText | null, places: Places): Recognised | null {
  const [gop] = places.gopName;
  if (gop !== undefined)
    return { name: 'IntelGopDriver', by: `the text "${GOP_NAME}"`, offset: gop, sure: true };
  const [fwCfg] = [...places.opRegion, ...places.bdsmSize];
  if (fwCfg !== undefined) {
    const by = `the fw_cfg file name ${places.opRegion.length > 0 ? OPREGION : BDSM_SIZE}`;
    return { name: 'IgdAssignmentDxe', by, offset: fwCfg, sure: true };
  }
  const [policy] = places.gopPolicy;
  if (policy === undefined) return null;
  const named = builtAs !== null && /gop_?policy/i.test(nameInPath(builtAs.text));
  return {
    name: 'PlatformGopPolicy',
    by: 'the GUID of the GOP policy protocol',
    offset: policy,
    sure: named,
  };
}
