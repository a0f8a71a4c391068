import type { RomContents } from './contents.ts';
import { driverTitle } from './describe-contents.ts';
import type { RomFacts } from './facts.ts';

/** Ids that stand for no device: `ffff` is what ROM authors write when the id does not matter. */
const NO_DEVICE = ['0000', 'ffff'];
const MOST_DEVICES = 1000;

/** The devices that a ROM itself says it is for: the ids of its images and of their lists, each `vendor:device`. */
export function devicesInRom(facts: RomFacts, contents: RomContents): string[] {
  const ids = facts.images.flatMap(({ vendor, device }, i) =>
    [device, ...(contents[i]?.deviceList ?? [])]
      .filter((id) => !NO_DEVICE.includes(id) && !NO_DEVICE.includes(vendor))
      .map((id) => `${vendor}:${id}`),
  );
  return [...new Set(ids)].slice(0, MOST_DEVICES);
}

/** What a manifest's note can say of a ROM from the file alone. */
export function noteOf(facts: RomFacts, contents: RomContents): string {
  const images = facts.images.map(({ codeType }, i) => {
    const driver = contents[i]?.driver;
    return driver === null || driver === undefined ? codeType : `${codeType} (${driverTitle(driver)})`;
  });
  const note = `Read from the file: ${facts.size} bytes, images: ${images.join(', ')}.`;
  return note.length > 1500 ? `${note.slice(0, 1500)}...` : note;
}
