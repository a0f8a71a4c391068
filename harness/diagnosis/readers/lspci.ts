import { igpuFamily } from '../../igpu/families.ts';
import type { NumberedLine, Part } from '../part.ts';
import { isIgpuPlace, isVfPlace } from '../subject/address.ts';
import { placed, quoteOf, said, type Reading, type Said } from './reading.ts';

/** `00:02.0 VGA compatible controller [0300]: Intel … [8086:46d1] (rev 00)`, with or without domain and numbers. */
const HEAD =
  /^\s{0,8}((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7])\s+([^[:]{3,60}?)\s*(?:\[([0-9a-f]{4})\])?:\s*(.{0,400})$/i;
const ID = /\[([0-9a-f]{4}:[0-9a-f]{4})\]/i;
const DRIVER = /^\s*Kernel driver in use:\s*([\w-]{1,40})/i;
const MODULES = /^\s*Kernel modules:\s*\S/i;
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['0300', /^VGA compatible/i],
  ['0302', /^3D controller/i],
  ['0380', /^Display controller/i],
];

interface Device {
  readonly address: string;
  readonly deviceClass: string;
  readonly text: string;
  readonly id: string | null;
  readonly head: NumberedLine;
  readonly driver: { readonly name: string; readonly line: NumberedLine } | null;
  /** `lspci -k` names modules for it, so a driver in use would be named, too. */
  readonly modules: boolean;
}

/**
 * Reads `lspci`, `-nn` and `-k` or not: the iGPU with its class and who holds it, virtual functions, and the other
 * graphics devices. Pure; never throws.
 */
export function readLspci(part: Part): Reading {
  const graphics = devicesOf(part).filter(({ deviceClass }) => deviceClass.startsWith('03'));
  const igpus = graphics.filter(isIgpu);
  const first = igpus.find(({ address }) => address.endsWith('.0')) ?? igpus[0] ?? null;
  if (isInGuest(part, igpus))
    return { facts: igpus.flatMap((device) => ofGuest(part, device)), notUnderstood: [] };
  const functions = igpus.filter(({ address }) => isVfPlace(address));
  const capabilities = first === null ? null : capabilitiesOf(part, first);
  const facts = [
    ...(capabilities !== null && !capabilities.sriov
      ? at(part, capabilities.line, [said('sign', 'no-sriov-capability')])
      : []),
    ...(first === null ? [] : ofIgpu(part, first)),
    ...(functions[0] === undefined ? [] : at(part, functions[0].head, [said('vfs', functions.length)])),
    ...graphics
      .filter((device) => !isIgpu(device))
      .flatMap((device) => at(part, device.head, [said('otherGpu', device.text)])),
  ];
  return { facts, notUnderstood: [] };
}

/** Where `lspci -v` lists extended capabilities of the device (from offset 100 on), and whether SR-IOV is one of them. */
function capabilitiesOf(
  { lines }: Part,
  { head }: Device,
): { readonly line: NumberedLine; readonly sriov: boolean } | null {
  const from = lines.indexOf(head) + 1;
  const to = lines.findIndex((line, at) => at >= from && HEAD.test(line.text.slice(0, 600)));
  const own = lines.slice(from, to < 0 ? undefined : to);
  const [line] = own.filter(({ text }) => /^\s+Capabilities: \[[1-9a-f][0-9a-f]{2}\b/.test(text)).slice(-1);
  return line === undefined ? null : { line, sriov: own.some(({ text }) => /\bSR-IOV\b/.test(text)) };
}

/** The place of an iGPU, and of its virtual functions, on every host; elsewhere it stands in a guest only. */
const HOST_SLOT = /^0000:00:02\.[0-7]$/;
/** What QEMU and VMware emulate. */
const EMULATED =
  /\b(?:1234:1111|1af4:[0-9a-f]{4}|1b36:[0-9a-f]{4}|15ad:[0-9a-f]{4})\b|\bVirtio\b|\bQEMU\b|\bQXL\b|\bRed Hat\b|\bVMware\b/i;

function isInGuest({ lines }: Part, igpus: readonly Device[]): boolean {
  return (
    igpus.length > 0 &&
    (igpus.some(({ address }) => !HOST_SLOT.test(address)) || lines.some(({ text }) => EMULATED.test(text)))
  );
}

/** What a guest sees of the iGPU; its address there is none of the host's. */
function ofGuest(part: Part, device: Device): Reading['facts'] {
  const { driver, modules } = device;
  const bound = driver !== null && /^(?:i915|xe)$/.test(driver.name);
  return [
    ...at(part, device.head, [
      ...(device.id === null ? [] : [said('device', device.id)]),
      ...(driver === null && modules ? [said('guestSight', 'unbound')] : []),
    ]),
    ...(driver !== null && bound ? at(part, driver.line, [said('guestSight', 'bound')]) : []),
  ];
}

/** Intel’s integrated graphics by their names; “Intel Arc Graphics” is also what Meteor Lake’s are called. */
function isIntegrated(text: string): boolean {
  return (
    /\bintel\b/i.test(text) &&
    (/\blake|integrated|\bU?HD Graphics|\biris/i.test(text) || !/\barc\b|\bDG[12]\b|\bflex\b/i.test(text))
  );
}

function isIgpu({ id, address, text }: Device): boolean {
  return (
    (id !== null && igpuFamily(id) !== null) ||
    (isIgpuPlace(address) && /intel/i.test(text)) ||
    (id === null && isIntegrated(text))
  );
}

function ofIgpu(part: Part, device: Device): Reading['facts'] {
  return [
    ...at(part, device.head, [
      said('address', device.address),
      said('deviceClass', device.deviceClass),
      device.id === null ? said('codename', device.text) : said('device', device.id),
    ]),
    ...(device.driver === null ? [] : at(part, device.driver.line, [said('hostDriver', device.driver.name)])),
  ];
}

function at(part: Part, line: NumberedLine, facts: readonly Said[]): Reading['facts'] {
  return placed(facts, 'machine', quoteOf(part, line));
}

function devicesOf(part: Part): readonly Device[] {
  const devices: Device[] = [];
  for (const line of part.lines) {
    const text = line.text.slice(0, 600);
    const device = headOf(line, text);
    if (device !== null) devices.push(device);
    const driver = DRIVER.exec(text)?.[1];
    const last = devices.at(-1);
    if (driver !== undefined && last !== undefined)
      devices[devices.length - 1] = { ...last, driver: { name: driver, line } };
    else if (last !== undefined && MODULES.test(text))
      devices[devices.length - 1] = { ...last, modules: true };
  }
  return devices;
}

function headOf(line: NumberedLine, text: string): Device | null {
  const [, address, name = '', number, rest = ''] = HEAD.exec(text) ?? [];
  if (address === undefined) return null;
  const deviceClass = number?.toLowerCase() ?? CLASSES.find(([, words]) => words.test(name))?.[0] ?? '';
  return {
    address: (address.length > 7 ? address : `0000:${address}`).toLowerCase(),
    deviceClass,
    text: rest.trim(),
    id: ID.exec(rest)?.[1]?.toLowerCase() ?? null,
    head: line,
    driver: null,
    modules: false,
  };
}
