/** What one archive may cost, whatever it claims. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes that come out of it, all entries together. */
  readonly bytes: number;
  /** Most bytes that come out for each that went in, counted once `freely` bytes are out. */
  readonly ratio: number;
  readonly freely: number;
}

/** Logs of one line that repeats shrink to a hundredth; deflate ends at a thousandth. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 200,
  bytes: 512 * 1_048_576,
  ratio: 300,
  freely: 64 * 1_048_576,
};

/** Something of an archive that is not read, and why: for a person. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
}

/** Counts what comes out of an archive. */
export class Budget {
  private readonly limits: ArchiveLimits;
  private readonly packed: number;
  private out = 0;

  /** @param packed size of the archive itself, in bytes */
  constructor(limits: ArchiveLimits, packed: number) {
    this.limits = limits;
    this.packed = packed;
  }

  /** @throws NotRead where these bytes are too many */
  spend(bytes: number): void {
    const { limits, packed } = this;
    this.out += bytes;
    if (this.out > limits.bytes)
      throw new NotRead(`more than ${limits.bytes / 1_048_576} MiB come out of the archive`);
    if (this.out > limits.freely && this.out > packed * limits.ratio)
      throw new NotRead(`more than ${limits.ratio} times its size comes out of the archive`);
  }
}
