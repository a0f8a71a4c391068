import { familyOfCode, igpuFamily, type FamilyCode, type IgpuFamily } from './families.ts';
import { romsOfFamily, ROM_WITHOUT_GOP } from './family-roms.ts';
import { gmsMiB, gmsOption, legalValues } from './gms.ts';
import { deviceOfProcessor, linuxDriver, type LinuxDriver } from './linux-drivers.ts';
import { LEGACY_CONDITIONS, PROXMOX_LEGACY_REFUSES, UPT_NEEDS } from './legacy-mode.ts';
import { familyOfProcessor } from './processors.ts';
import { igdSupport, type IgdSupport } from './qemu-support.ts';
import { sharingOf, VF_LACKS, type Sharing } from './sr-iov.ts';

/** The versions of QEMU between which something changed, with the oldest of each stretch. */
const STRETCHES = [
  { versions: 'up to 9.1', version: '9.1' },
  { versions: '9.2', version: '9.2' },
  { versions: '10.0', version: '10.0' },
  { versions: '10.1 and later', version: '10.1' },
] as const;

/** One stretch of QEMU versions and what it does with the iGPU. */
export interface StretchProfile extends IgdSupport {
  readonly versions: string;
  readonly i440fx: 'legacy' | 'UPT';
  readonly q35: 'UPT';
  /** What `x-igd-gms` may be. */
  readonly gmsOption: string;
}

/** All that the tables of this folder say of one iGPU. */
export interface IgpuProfile {
  readonly asked: string;
  /** `vendor:device`; null where a processor was named. */
  readonly device: string | null;
  readonly family: IgpuFamily;
  readonly candidates: readonly FamilyCode[];
  readonly noGraphics: boolean;
  /** The driver of a Linux guest, and since when it takes the device; of an id that is asked for, else of the family. */
  readonly linux: LinuxDriver;
  readonly sharing: Sharing;
  readonly vfLacks: readonly string[];
  readonly roms: readonly string[];
  readonly romWithoutGop: string;
  readonly qemu: readonly StretchProfile[];
  readonly gms: readonly { readonly value: string; readonly miB: number }[];
  readonly legacyNeeds: readonly string[];
  readonly proxmoxLegacyRefuses: readonly string[];
  readonly uptNeeds: readonly { readonly what: string; readonly who: string }[];
}

/**
 * What is known of an iGPU, by processor name, codename, PCI id (`8086:46d1`, or its last four digits).
 * Null: no Intel iGPU that is known here.
 */
export function igpuProfile(text: string): IgpuProfile | null {
  const asked = text.trim();
  const [, digits] = /^(?:8086:)?([0-9a-f]{4})$/i.exec(asked) ?? [];
  const device = digits === undefined ? null : `8086:${digits.toLowerCase()}`;
  const byId = device === null ? null : igpuFamily(device);
  if (byId !== null) return profileOf(asked, device, [byId.code], false);
  const found = /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(asked) ? null : familyOfProcessor(asked);
  if (found === null) return null;
  return profileOf(
    asked,
    null,
    found.candidates.map(({ code }) => code),
    found.noGraphics,
  );
}

function profileOf(
  asked: string,
  device: string | null,
  candidates: readonly FamilyCode[],
  noGraphics: boolean,
): IgpuProfile | null {
  const [code] = candidates;
  if (code === undefined) return null;
  const family = familyOfCode(code);
  const qemu = STRETCHES.flatMap(({ versions, version }) => stretch(family, device, versions, version));
  const latest = qemu.at(-1)?.generation ?? null;
  return {
    asked,
    device,
    family,
    candidates,
    noGraphics,
    linux: linuxDriver(code, device?.slice(5) ?? deviceOfProcessor(asked)),
    sharing: sharingOf(code),
    vfLacks: VF_LACKS,
    roms: romsOfFamily(code),
    romWithoutGop: ROM_WITHOUT_GOP,
    qemu,
    gms: latest === null ? [] : gmsTable(latest),
    legacyNeeds: LEGACY_CONDITIONS.map(({ needs }) => needs),
    proxmoxLegacyRefuses: PROXMOX_LEGACY_REFUSES,
    uptNeeds: UPT_NEEDS,
  };
}

function stretch(
  family: IgpuFamily,
  device: string | null,
  versions: string,
  version: string,
): readonly StretchProfile[] {
  const support = igdSupport(family, version, device?.slice(5));
  if (support === null) return [];
  const i440fx = support.legacyMode === 'allowed' ? 'legacy' : 'UPT';
  // What is legal is said whatever the value: 1 stands for any.
  const legal = gmsOption(support.generation, 1, version)?.legal ?? '';
  return [{ versions, ...support, i440fx, q35: 'UPT', gmsOption: legal }];
}

function gmsTable(generation: number): IgpuProfile['gms'] {
  return legalValues(generation).map((value) => ({
    value: `0x${value.toString(16)}`,
    miB: gmsMiB(generation, value) ?? 0,
  }));
}
