import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openBytes } from './medium/byte-reader.ts';
import { readVolume } from './medium/volume.ts';
import { fileAddress, xorriso } from './iso/xorriso.ts';
import { TemplateRefused } from './template-refused.ts';
import { virtioFiles } from './virtio-files.ts';

const LIST = 60;
const EXTRACT = 300;

/**
 * Takes what the guest needs out of virtio-win's ISO, into `folder`.
 *
 * @returns the ISO's name, such as `virtio-win-0.1.271`, and the files by their paths below `folder`
 * @throws TemplateRefused it is no ISO, cut off, no virtio-win, or xorriso is not installed; CommandFailed
 */
export async function extractVirtio(
  path: string,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly label: string; readonly files: readonly string[] }> {
  const label = await labelOf(path);
  const { stdout } = await xorriso(['-indev', fileAddress(path), '-find', '/', '-type', 'f'], {
    timeout: LIST,
    signal,
  });
  const wanted = pick(path, stdout);
  const places = wanted.map(({ from, to }) => ({ from, to, place: join(folder, to) }));
  for (const { place } of places) await mkdir(dirname(place), { recursive: true });
  // Without osirrox xorriso refuses to write what is on an ISO to the disk.
  const words = ['-osirrox', 'on', '-indev', fileAddress(path)];
  await xorriso([...words, ...places.flatMap(({ from, place }) => ['-extract_single', from, place])], {
    timeout: EXTRACT,
    signal,
  });
  return { label, files: places.map(({ to }) => to) };
}

async function labelOf(path: string): Promise<string> {
  await using reader = await openBytes(path);
  const { iso9660 } = await readVolume(reader);
  if (iso9660 === null) throw new TemplateRefused(`${path} is no ISO 9660 image; give the ISO of virtio-win`);
  if (iso9660.bytes > reader.size)
    throw new TemplateRefused(
      `${path} is cut off: its volume has ${iso9660.bytes} bytes, the file ${reader.size}. Download or copy it again.`,
    );
  return iso9660.label.replaceAll(/[^\x20-\x7e]/g, '?');
}

/** xorriso prints a path a line, in quotes; names that hold quotes of their own are not ours. */
function pick(path: string, listing: string): ReturnType<typeof virtioFiles> {
  const paths = [...listing.matchAll(/^'([^']+)'$/gm)].map(([, inside = '']) => inside);
  try {
    return virtioFiles(paths);
  } catch (error) {
    if (error instanceof TemplateRefused) throw new TemplateRefused(`${path}: ${error.message}`);
    throw error;
  }
}
