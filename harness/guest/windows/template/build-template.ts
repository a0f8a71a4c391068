import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { answerFile } from './answer/answer-file.ts';
import { digestOf, type DisplayDriver, readDisplayDriver } from './display-driver.ts';
import { writeIso } from './iso/write-iso.ts';
import { chooseImage } from './medium/choose-image.ts';
import type { WindowsImage } from './medium/windows-images.ts';
import { readWindowsMedium } from './medium/windows-medium.ts';
import { productKey } from './product-key.ts';
import { ANSWER_ISO, type QmStep, qmSteps } from './qm-steps.ts';
import { readme } from './readme.ts';
import { stageTemplate } from './stage-template.ts';
import type { TemplateRecord } from './template-record.ts';
import { TemplateRefused } from './template-refused.ts';

/** What an owner gives. */
export interface TemplateInputs {
  /** Windows' installation ISO. */
  readonly iso: string;
  /** virtio-win's ISO. */
  readonly virtio: string;
  /** A folder that does not exist yet, or is empty. */
  readonly out: string;
  /** Name or id of the edition; needed where the medium has several. */
  readonly edition?: string;
  readonly key?: string;
  readonly driver?: { readonly path: string; readonly sha256: string | undefined };
}

export interface BuiltTemplate {
  readonly out: string;
  readonly record: TemplateRecord;
  readonly steps: readonly QmStep[];
}

export interface BuildOptions {
  /** Told what is being done, a line at a time. */
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes the ISO that installs Windows unattended, its answer file, a README with the steps on the node, and
 * `template.json`, which says what went in. The folder appears whole or not at all. Needs no network and no root.
 *
 * @throws TemplateRefused for inputs that cannot be used; CommandFailed of xorriso; errors of the file system
 */
export async function buildTemplate(inputs: TemplateInputs, options: BuildOptions): Promise<BuiltTemplate> {
  const out = resolve(inputs.out);
  await refuseFull(out);
  const key = inputs.key === undefined ? null : productKey(inputs.key);
  const windows = chooseImage(await readWindowsMedium(inputs.iso), inputs.edition);
  options.progress(`${windows.name}, build ${windows.build}.${windows.revision}, ${windows.language}`);
  const driver =
    inputs.driver === undefined ? null : await readDisplayDriver(inputs.driver.path, inputs.driver.sha256);
  await mkdir(dirname(out), { recursive: true });
  // Beside the folder that it becomes: a rename works within one file system only. Nobody else may look inside.
  const draft = await mkdtemp(join(dirname(out), `.${basename(out)}-`));
  try {
    const built = await writeAll(draft, { windows, key, driver, virtio: resolve(inputs.virtio) }, options);
    const steps = qmSteps(basename(inputs.iso), driver?.kind ?? null);
    await writeFile(join(built.folder, 'README.md'), readme(built.record, steps));
    await rename(built.folder, out);
    return { out, record: built.record, steps };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

interface Checked {
  readonly windows: WindowsImage;
  readonly key: string | null;
  readonly driver: DisplayDriver | null;
  readonly virtio: string;
}

async function writeAll(
  draft: string,
  { windows, key, driver, virtio }: Checked,
  { progress, signal }: BuildOptions,
): Promise<{ readonly folder: string; readonly record: TemplateRecord }> {
  const answers = answerFile({
    image: windows.index,
    language: windows.language,
    key,
    password: newPassword(),
  });
  progress('taking drivers and agent from the ISO of virtio-win');
  const staged = await stageTemplate(join(draft, 'staged'), { virtio, answers, driver, signal });
  progress(`writing ${ANSWER_ISO}`);
  const folder = join(draft, 'whole');
  const iso = join(folder, ANSWER_ISO);
  await mkdir(folder, { mode: 0o700 });
  await writeIso(iso, staged.entries, signal);
  const record: TemplateRecord = {
    schema: 1,
    iso: { sha256: await digestOf(iso), size: (await stat(iso)).size },
    windows,
    virtio: staged.virtio,
    driver: driver === null ? null : { kind: driver.kind, sha256: driver.sha256, size: driver.size },
    withKey: key !== null,
  };
  await writeFile(join(folder, 'autounattend.xml'), answers, { mode: 0o600 });
  await writeFile(join(folder, 'template.json'), `${JSON.stringify(record, null, 2)}\n`);
  return { folder, record };
}

async function refuseFull(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') return [out];
    throw error;
  });
  if (names.length > 0)
    throw new TemplateRefused(
      `${out} is there and not empty: nothing is overwritten. Give a new folder to --out.`,
    );
}

/** 144 random bits; the last four make it one that any password policy of Windows takes. */
function newPassword(): string {
  return `${randomBytes(18).toString('base64url')}aA1!`;
}
