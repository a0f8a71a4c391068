import type { Quote } from '../../quote.ts';
import type { PassedDevice } from '../../vm-setup.ts';

/** A passed device while its description is being read. */
export interface DeviceDraft {
  readonly name: string;
  host: string | null;
  mapping: string | null;
  mdev: string | null;
  pcie: boolean;
  xVga: boolean;
  legacyIgd: boolean;
  /** By QEMU's names; of one that is given twice the last counts. */
  readonly properties: Map<string, string>;
  readonly quote: Quote;
}

export function deviceDraft(
  name: string,
  quote: Quote,
  properties: Iterable<[string, string]> = [],
): DeviceDraft {
  const nothing = { host: null, mapping: null, mdev: null, pcie: false, xVga: false, legacyIgd: false };
  return { name, quote, ...nothing, properties: new Map(properties) };
}

// Where Proxmox takes ROM files from; its configs name them without it.
const PROXMOX_ROMS = '/usr/share/kvm/';

/** The device once everything is applied. */
export function passedDevice(draft: DeviceDraft): PassedDevice {
  const { name, host, mapping, mdev, pcie, legacyIgd, quote, properties } = draft;
  const romfile = properties.get('romfile') ?? '';
  const isProxmox = name.startsWith('hostpci');
  return {
    ...{ name, host, mapping, mdev, pcie, legacyIgd, quote, properties },
    allFunctions: host !== null && !host.includes('.'),
    guest: guestPlace(properties),
    romfile:
      (isProxmox && romfile.startsWith(PROXMOX_ROMS) ? romfile.slice(PROXMOX_ROMS.length) : romfile) || null,
    rombar: !isOff(properties.get('rombar')),
    xVga: draft.xVga || isOnValue(properties.get('x-vga')),
  };
}

/** How QEMU spells true. */
export function isOnValue(value: string | undefined): boolean {
  return value !== undefined && /^(?:on|yes|true|y|1)$/i.test(value);
}

function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(?:off|no|false|n|0|0x0)$/i.test(value);
}

function guestPlace(properties: ReadonlyMap<string, string>): PassedDevice['guest'] {
  const place = pciAddress(properties.get('addr'));
  return place === null ? null : { bus: properties.get('bus') ?? null, ...place };
}

/** QEMU's `addr`, which is hexadecimal with or without `0x`: `02.0`, `0x10`, `1f.3`; null for anything else. */
export function pciAddress(
  text: string | undefined,
): { readonly slot: number; readonly function: number } | null {
  const [, slot, fn = '0'] = /^(?:0x)?([01]?[0-9a-f])(?:\.(?:0x)?([0-7]))?$/i.exec(text?.trim() ?? '') ?? [];
  return slot === undefined ? null : { slot: Number.parseInt(slot, 16), function: Number(fn) };
}

/** A host address in full, with its domain, in lower case: `0000:00:02.0`, or `0000:00:02` of a whole slot. */
export function hostAddress(text: string | undefined): string | null {
  const [, domain = '0000', rest] =
    /^(?:([a-f0-9]{4,8}):)?([a-f0-9]{2}:[a-f0-9]{2}(?:\.[0-7])?)$/.exec(text?.trim().toLowerCase() ?? '') ??
    [];
  return rest === undefined ? null : `${domain}:${rest}`;
}
