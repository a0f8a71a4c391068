import type { Duplex } from 'node:stream';
import type { Observation } from '../../trace/event.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { PrivateFiles } from './private-files.ts';
import { SoftwareTpm } from './software-tpm.ts';

/** QEMU's end of what it is given beside its own channels. */
export const TPM_FD = 9;

/** What one VM has beside QEMU, for one run: disks, firmware variables, a TPM. Disposing it leaves nothing. */
export class VmParts implements AsyncDisposable {
  readonly #files: PrivateFiles;
  readonly #tpm: SoftwareTpm | null;
  readonly #warnings: readonly string[];

  constructor({ files, tpm, warnings }: Pick<QemuCommand, 'files' | 'tpm' | 'warnings'>) {
    this.#files = new PrivateFiles(files);
    this.#tpm = tpm === null ? null : new SoftwareTpm(tpm);
    this.#warnings = warnings;
  }

  get paths(): ReadonlyMap<string, string> {
    return this.#files.paths;
  }

  /** Makes ready for one start of QEMU, and gives what QEMU is to have, by its file descriptor. */
  async beforeStart(
    record: (seen: Observation) => void,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<number, Duplex>> {
    for (const text of this.#warnings) record({ ch: 'note', kind: 'info', text });
    this.#files.beforeStart();
    const socket = await this.#tpm?.start(record, signal);
    return new Map(socket === undefined ? [] : [[TPM_FD, socket]]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#files[Symbol.dispose]();
    await this.#tpm?.[Symbol.asyncDispose]();
  }
}
