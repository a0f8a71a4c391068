import { CommandFailed, type CommandOutput, run } from '../../../../wire/shell.ts';
import { TemplateRefused } from '../template-refused.ts';

export interface XorrisoOptions {
  /** Seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Runs xorriso without anybody's start-up file. Needs no root; files are read and written by path, never a drive.
 *
 * @throws TemplateRefused it is not installed; CommandFailed with what it said
 */
export async function xorriso(words: readonly string[], options: XorrisoOptions): Promise<CommandOutput> {
  try {
    return await run(['xorriso', '-no_rc', ...words], { ...options, env: { LC_ALL: 'C.UTF-8' } });
  } catch (error) {
    if (error instanceof CommandFailed && error.code === 127)
      throw new TemplateRefused(
        'xorriso is not on PATH, and it reads and writes ISOs: install the package xorriso (Debian: apt-get install xorriso)',
        { cause: error },
      );
    throw error;
  }
}

/** A path as xorriso takes it: a regular file, whatever its name looks like. */
export function fileAddress(path: string): string {
  return `stdio:${path}`;
}
