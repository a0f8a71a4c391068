import { TemplateRefused } from '../template-refused.ts';
import { openBytes } from './byte-reader.ts';
import { findUdfFile } from './udf.ts';
import { readVolume } from './volume.ts';
import { readWimXml } from './wim.ts';
import { readWindowsImages, type WindowsImage } from './windows-images.ts';

/** Download pages give an ESD, other sources a WIM. */
const IMAGE_FILES = ['install.wim', 'install.esd'] as const;

/**
 * Lists the editions that a Windows installation ISO holds. Reads a few sectors of it, whatever its size.
 *
 * @throws TemplateRefused it is no such ISO, or it is cut off or damaged
 */
export async function readWindowsMedium(path: string): Promise<readonly WindowsImage[]> {
  await using reader = await openBytes(path);
  const { iso9660, udf } = await readVolume(reader);
  if (!udf && iso9660 === null)
    throw new TemplateRefused(`${path} is no ISO: it has neither an ISO 9660 nor a UDF volume`);
  if (!udf)
    throw new TemplateRefused(
      `${path} (${JSON.stringify(iso9660?.label)}) is no Windows medium as Microsoft makes them: it has no UDF volume`,
    );
  for (const name of IMAGE_FILES) {
    const file = await findUdfFile(reader, ['sources', name]);
    if (file === null) continue;
    const images = readWindowsImages(await readWimXml(file, path));
    if (images.length > 0) return images;
    throw new TemplateRefused(`${path}: sources/${name} lists no edition of Windows`);
  }
  throw new TemplateRefused(
    `${path} is no Windows installation medium: it has no sources/${IMAGE_FILES.join(' or sources/')}`,
  );
}
