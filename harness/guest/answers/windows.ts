import { windowsPciAddress } from './pci-address.ts';
import { readDocument } from './read-document.ts';
import type { GuestDevice, GuestReading, Refusal } from './reading.ts';
import { boolean, integer, list, matching, number, optional, record, text, type Shaped } from './shape.ts';

/** Device node status flags (Windows SDK, cfg.h). */
const DRIVER_LOADED = 0x2;
const STARTED = 0x8;
const HAS_PROBLEM = 0x400;
/** Of these three, what a device that works has. */
const HEALTHY = STARTED | DRIVER_LOADED;

const hexWord = matching(/^0x[0-9A-Fa-f]{1,8}$/);

/** DEVPKEY_Device_*, without that prefix. Windows leaves out what a device does not have. */
const Properties = record({
  ProblemCode: optional(integer),
  ProblemStatus: optional(hexWord),
  DevNodeStatus: optional(hexWord),
  DriverVersion: optional(text),
  DriverProvider: optional(text),
  DriverInfPath: optional(text),
  Service: optional(text),
  LocationPaths: list(text),
  BusNumber: optional(integer),
  Address: optional(integer),
  GenericDriverInstalled: optional(boolean),
});

const Adapter = record({
  id: text,
  name: optional(text),
  cm: optional(integer),
  present: optional(boolean),
  hw: list(text),
  p: optional(Properties),
});

const WindowsAnswer = record({
  os: optional(
    record({
      build: optional(integer),
      ubr: optional(integer),
      edition: optional(text),
      display: optional(text),
      ui: optional(text),
      boot: optional(text),
      up: optional(number),
      sid: optional(text),
      session: optional(integer),
    }),
  ),
  setup: optional(
    record({
      inSetup: optional(integer),
      oobe: optional(integer),
      image: optional(text),
      fastStartup: optional(integer),
      busy: list(text),
    }),
  ),
  start: optional(record({ type: optional(integer) })),
  pciCount: optional(integer),
  gpu: list(Adapter),
  err: list(text),
});
type Answer = Shaped<typeof WindowsAnswer>;

/**
 * Reads what the Windows probe printed (docs/guests.md). Pure; never throws.
 *
 * @param out its stdout, one character a byte
 * @param nonce the one it was asked with: an answer to another is `stale`
 */
export function readWindowsAnswer(out: string, nonce: string): GuestReading | Refusal {
  const read = readDocument(out, nonce, WindowsAnswer);
  if ('refused' in read) return read;
  const { os, setup, start, pciCount, gpu, err } = read.answer;
  const adapters = gpu.filter((adapter) => adapter.present !== false).map(readAdapter);
  return {
    bootId: os?.boot ?? null,
    uptime: os?.up ?? null,
    fastStartup: isFastStartup(start?.type ?? null),
    notReady: whyNotReady(setup),
    facts: factsOf(read.answer),
    pciCount,
    devices: adapters.filter((adapter) => adapter !== null),
    log: null,
    failed: [
      ...err,
      ...missing('os', os),
      ...missing('setup', setup),
      ...missing('pci', pciCount),
      ...(adapters.includes(null) ? ['pci: a display device without a PCI id'] : []),
    ],
  };
}

function missing(section: string, value: unknown): readonly string[] {
  return value === null ? [`${section}: not in the answer`] : [];
}

function whyNotReady(setup: Answer['setup']): string | null {
  if (setup === null) return 'the probe could not tell whether set-up is complete';
  if (setup.image !== 'IMAGE_STATE_COMPLETE')
    return `set-up is not complete: ${setup.image ?? 'no image state'}`;
  if (setup.inSetup !== 0) return 'Windows set-up is still in progress';
  if (setup.oobe !== 0) return 'the first-start questions (OOBE) are still open';
  return setup.busy.length === 0 ? null : `an installer is running: ${setup.busy.join(', ')}`;
}

/**
 * BootType of event 27 of Microsoft-Windows-Kernel-Boot: 0 a full start, 1 fast start-up, 2 a resume from hibernation.
 * Both latter resume a kernel with its drivers.
 */
function isFastStartup(type: number | null): boolean | null {
  if (type === 0) return false;
  return type === 1 || type === 2 ? true : null;
}

function factsOf({ os, setup }: Answer): Record<string, string> {
  const build = [os?.build, os?.ubr].filter((part) => part !== null && part !== undefined).join('.');
  const facts = {
    build,
    edition: os?.edition,
    display: os?.display,
    language: os?.ui,
    account: os?.sid,
    session: os?.session,
    fastStartup: setup?.fastStartup,
  };
  const known = Object.entries(facts).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

function readAdapter(adapter: Answer['gpu'][number]): GuestDevice | null {
  const id = [adapter.id, ...adapter.hw].map(pciId).find((found) => found !== null) ?? null;
  if (id === null) return null;
  const p = adapter.p;
  const flags = p?.DevNodeStatus === null || p?.DevNodeStatus === undefined ? null : Number(p.DevNodeStatus);
  return {
    id,
    address: windowsPciAddress({
      bus: p?.BusNumber ?? null,
      address: p?.Address ?? null,
      paths: p?.LocationPaths ?? [],
    }),
    name: adapter.name ?? '',
    problemCode: adapter.cm,
    problemCodeAgain: p?.ProblemCode ?? (flags !== null && (flags & HAS_PROBLEM) === 0 ? 0 : null),
    problemStatus: p?.ProblemStatus ?? null,
    started: flags === null ? null : (flags & (STARTED | DRIVER_LOADED | HAS_PROBLEM)) === HEALTHY,
    driver: driverOf(p),
    fallbackDriver: isFallback(p),
    whyNotStarted: null,
    graphics: null,
    media: null,
  };
}

function pciId(hardwareId: string): string | null {
  const [, vendor, device] = /^PCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})/i.exec(hardwareId) ?? [];
  return vendor === undefined || device === undefined ? null : `${vendor}:${device}`.toLowerCase();
}

function driverOf(p: Answer['gpu'][number]['p']): GuestDevice['driver'] {
  const driver = {
    service: p?.Service ?? null,
    provider: p?.DriverProvider ?? null,
    inf: p?.DriverInfPath ?? null,
    version: p?.DriverVersion ?? null,
  };
  return Object.values(driver).every((value) => value === null) ? null : driver;
}

/** Microsoft Basic Display: service BasicDisplay, display.inf (Microsoft, "Microsoft Basic Display Driver"). */
function isFallback(p: Answer['gpu'][number]['p']): boolean {
  return (
    p?.Service?.toLowerCase() === 'basicdisplay' ||
    p?.DriverInfPath?.toLowerCase() === 'display.inf' ||
    p?.GenericDriverInstalled === true
  );
}
