import { igpuFamily } from '../../igpu/families.ts';
import type { NumberedLine, Part } from '../part.ts';
import { isIgpuPlace, isVfPlace } from '../subject/address.ts';
import { placed, quoteOf, said, type Reading, type Said } from './reading.ts';

/** `00:02.0 VGA compatible controller [0300]: Intel … [8086:46d1] (rev 00)`, with or without domain and numbers. */
const HEAD =
  /^\s{0,8}((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7])\s+([^[:]{3,60}?)\s*(?:\[([0-9a-f]{4})\])?:\s*(.{0,400})$/i;
const ID = /\[([0-9a-f]{4}:[0-9a-f]{4})\]/i;
const DRIVER = /^\s*Kernel driver in use:\s*([\w-]{1,40})/i;
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
}

/**
 * Reads `lspci`, `-nn` and `-k` or not: the iGPU with its class and who holds it, virtual functions, and the other
 * graphics devices. Pure; never throws.
 */
export function readLspci(part: Part): Reading {
  const graphics = devicesOf(part).filter(({ deviceClass }) => deviceClass.startsWith('03'));
  const igpus = graphics.filter(isIgpu);
  const first = igpus.find(({ address }) => address.endsWith('.0')) ?? igpus[0] ?? null;
  const functions = igpus.filter(({ address }) => isVfPlace(address));
  const facts = [
    ...(first === null ? [] : ofIgpu(part, first)),
    ...(functions[0] === undefined ? [] : at(part, functions[0].head, [said('vfs', functions.length)])),
    ...graphics
      .filter((device) => !isIgpu(device))
      .flatMap((device) => at(part, device.head, [said('otherGpu', device.text)])),
  ];
  return { facts, notUnderstood: [] };
}

function isIgpu({ id, address, text }: Device): boolean {
  return (id !== null && igpuFamily(id) !== null) || (isIgpuPlace(address) && /intel/i.test(text));
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
  };
}
