import { TemplateRefused } from '../template-refused.ts';
import type { WindowsImage } from './windows-images.ts';

/** The first build of Windows 11. */
const WINDOWS_11 = 22000;
const X86_64 = 9;

/**
 * Picks the edition to install: the one that is asked for by its name or its edition id, or the only one. Set-up would
 * stop and ask a person where this is left open.
 *
 * @throws TemplateRefused none or several fit, or it is no Windows 11 for x86-64; the message lists what is there
 */
export function chooseImage(images: readonly WindowsImage[], wanted: string | undefined): WindowsImage {
  const fitting = images.filter(({ name, edition }) =>
    wanted === undefined ? true : [name, edition].some((word) => word.toLowerCase() === wanted.toLowerCase()),
  );
  const [image] = fitting;
  if (image === undefined || fitting.length > 1) {
    const why =
      wanted === undefined
        ? `the medium holds ${images.length} editions: say which by --edition`
        : `${fitting.length === 0 ? 'no' : 'more than one'} edition on the medium is ${JSON.stringify(wanted)}`;
    throw new TemplateRefused(`${why}\n${images.map(line).join('\n')}`);
  }
  if (image.architecture !== X86_64)
    throw new TemplateRefused(`${image.name} on this medium is not for x86-64 processors`);
  if (image.build < WINDOWS_11)
    throw new TemplateRefused(
      `${image.name} is build ${image.build}; a win11 template needs Windows 11, which begins with build ${WINDOWS_11}`,
    );
  return image;
}

function line({ name, edition, build, revision, language }: WindowsImage): string {
  return `  ${JSON.stringify(name)} (${edition}), build ${build}.${revision}, ${language}`;
}
