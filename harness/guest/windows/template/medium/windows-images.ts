/** One edition of Windows that a medium can install. */
export interface WindowsImage {
  /** Its number in the image file, from 1. */
  readonly index: number;
  /** `Windows 11 Pro` */
  readonly name: string;
  /** `Professional`: the same in every language. */
  readonly edition: string;
  /** 9 is x86-64, 12 is ARM64 (PROCESSOR_ARCHITECTURE_* of winnt.h). */
  readonly architecture: number;
  readonly build: number;
  /** The last part of the version, such as 1742 of 26100.1742. */
  readonly revision: number;
  /** `en-US` */
  readonly language: string;
}

const MAX_IMAGES = 100;
const WORDS = /^[\p{L}\p{N} ._()+-]{1,100}$/u;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){1,3}$/;

/**
 * What the XML of an image file lists. It is flat, machine-written XML without CDATA or comments, so its elements are
 * found by name; an image without a name, an edition, a build or a language that fit their patterns is left out.
 */
export function readWindowsImages(xml: string): readonly WindowsImage[] {
  const images = [...xml.matchAll(/<IMAGE INDEX="(\d{1,4})">([\s\S]*?)<\/IMAGE>/g)].slice(0, MAX_IMAGES);
  return images.flatMap(([, index = '', inside = '']) => readImage(Number(index), inside));
}

function readImage(index: number, xml: string): readonly WindowsImage[] {
  const image = {
    index,
    name: unescaped(textOf(xml, 'DISPLAYNAME') ?? textOf(xml, 'NAME') ?? ''),
    edition: unescaped(textOf(xml, 'EDITIONID') ?? ''),
    architecture: Number(textOf(xml, 'ARCH')),
    build: Number(textOf(xml, 'BUILD')),
    revision: Number(textOf(xml, 'SPBUILD') ?? 0),
    language: textOf(xml, 'DEFAULT') ?? textOf(xml, 'LANGUAGE') ?? '',
  };
  const sound =
    WORDS.test(image.name) &&
    WORDS.test(image.edition) &&
    LANGUAGE.test(image.language) &&
    [image.architecture, image.build, image.revision].every((number) => Number.isSafeInteger(number));
  return sound ? [image] : [];
}

function textOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]{0,200})</${element}>`).exec(xml)?.[1]?.trim();
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
