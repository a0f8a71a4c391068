import type { ImageContents } from './contents.ts';
import type { Driver } from './driver.ts';
import { hex } from './hex.ts';
import type { Vbt } from './vbt.ts';

/** Says what is inside one image, beneath its own lines. Texts of the file are in it, all of printable ASCII. */
export function describeContents(contents: ImageContents): string[] {
  const { deviceList, driver, unreadable, packed, vbts } = contents;
  return [
    ...(deviceList.length === 0 ? [] : [`  its list names the device ids ${listed(deviceList)}`]),
    ...(unreadable === null ? [] : [`  the driver in it cannot be read: ${unreadable}`]),
    ...(driver === null ? [] : describeDriver(driver, packed)),
    ...vbts.map(vbtLine),
  ];
}

/** The name to call a driver by: what it was recognised as, else what its builder called it. */
export function driverTitle({ known, gopVersion, builtAs }: Driver): string {
  if (known === null) return builtAs === null ? 'a driver without a name' : builtAs.text;
  const unsure = known.sure ? '' : 'perhaps ';
  return `${unsure}${known.name}${gopVersion === null ? '' : ` ${gopVersion.version}`}`;
}

function describeDriver(driver: Driver, packed: number | null): string[] {
  const { pe, known, gopVersion, builtAs, texts } = driver;
  const size = `${driver.size} bytes${packed === null ? '' : `, packed into ${packed}`}`;
  return [
    `  driver: ${driverTitle(driver)}, ${size}`,
    ...(pe === null ? [] : [`    ${pe.signed ? 'signed' : 'not signed'}, sections ${names(driver)}`]),
    ...(known === null ? [] : [`    known by ${known.by} at ${hex(known.offset)}${sureness(known.sure)}`]),
    ...(gopVersion === null
      ? []
      : [`    version as its code at ${hex(gopVersion.offset)} joins it; Intel documents no place for it`]),
    ...(known?.name === 'IntelGopDriver' && gopVersion === null ? ['    its version is not known'] : []),
    ...(builtAs === null ? [] : [`    built as ${builtAs.text}`]),
    ...texts.map(({ text, offset }) => `    says "${text}" at ${hex(offset)}`),
    ...driver.vbts.map(vbtLine),
  ];
}

function sureness(sure: boolean): string {
  return sure ? '' : ' (unverified: other drivers may have it too)';
}

function names({ pe }: Driver): string {
  const all = pe?.sections.map(({ name }) => (name === '' ? 'unnamed' : name)) ?? [];
  return all.length === 0 ? 'none' : listed(all);
}

function vbtLine({ name, offset, size, bdbVersion }: Vbt): string {
  const version = bdbVersion === null ? 'without a data block' : `BDB version ${bdbVersion}`;
  return `    Video BIOS Table "${name}" at ${hex(offset)}, ${size} bytes, ${version}`;
}

const MOST_SHOWN = 12;

function listed(words: readonly string[]): string {
  const more = words.length - MOST_SHOWN;
  return `${words.slice(0, MOST_SHOWN).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}
