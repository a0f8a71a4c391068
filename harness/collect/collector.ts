import type { HostAccess, LookLimit, Ran } from './access.ts';
import { NotGathered } from './access.ts';
import { firstLine } from './command-access.ts';
import { shellWords } from '../wire/machine/shell-words.ts';

/** Everything that is gathered, in the order in which it is: later ones may look at what earlier ones have. */
export const COLLECTOR_IDS = [
  'machine',
  'devices',
  'vm-config',
  'qemu-command-line',
  'start-task',
  'kernel-log',
  'kernel-log-before',
  'kernel-command-line',
  'module-options',
  'lspci',
  'lspci-igpu',
  'iommu-groups',
  'iommu-units',
  'interrupts',
  'iomem',
  'vfio',
  'pve-versions',
  'qemu-version',
  'rom',
  'agent',
  'probe',
] as const;
export type CollectorId = (typeof COLLECTOR_IDS)[number];

/** One thing that a host printed, under the command that a person would have typed for it. */
export interface Piece {
  readonly how: string;
  readonly text: string;
  readonly cut: boolean;
}

/** How one kind of evidence is got from a host. It may fail as it likes: what it says then is listed. */
export interface Collector {
  readonly id: CollectorId;
  /** Its file in the archive. */
  readonly file: string;
  readonly what: string;
  readonly limit: LookLimit;
  /** What one does without it, or how to get it. */
  readonly whenMissing: string;
  /** @throws NotGathered where there is nothing to gather */
  gather(ask: Ask): Promise<readonly Piece[]>;
}

/** What a collector may ask: the host, within its own limit, and what was gathered before it. */
export class Ask {
  readonly vmid: number | null;
  readonly #access: HostAccess;
  readonly #limit: LookLimit;
  readonly #earlier: (id: CollectorId) => string | null;

  constructor(
    access: HostAccess,
    limit: LookLimit,
    vmid: number | null,
    earlier: (id: CollectorId) => string | null,
  ) {
    this.#access = access;
    this.#limit = limit;
    this.vmid = vmid;
    this.#earlier = earlier;
  }

  /** The number of the VM that was asked for, or found. @throws NotGathered there is none */
  needVm(): number {
    if (this.vmid === null) throw new NotGathered('no VM was named, and none was found that gets a device');
    return this.vmid;
  }

  earlier(id: CollectorId): string | null {
    return this.#earlier(id);
  }

  run(...argv: readonly string[]): Promise<Ran> {
    return this.#access.run(argv, this.#limit);
  }

  /** What a program prints. @throws NotGathered it fails, or prints nothing */
  async out(...argv: readonly string[]): Promise<Piece> {
    const { out, err, code, cut } = await this.run(...argv);
    const how = shellWords(argv);
    if (code !== 0) throw new NotGathered(`${name(argv)}: ${firstLine(err) || `exit code ${code}`}`);
    if (out.trim() === '') throw new NotGathered(`${name(argv)}: ${firstLine(err) || 'it printed nothing'}`);
    return { how, text: out, cut };
  }

  /** What a program prints, however it ends: grep and find say by their code that one of many files was not there. */
  async some(...argv: readonly string[]): Promise<Piece> {
    const { out, err, cut } = await this.run(...argv);
    const how = shellWords(argv);
    if (out.trim() === '') throw new NotGathered(firstLine(err) || 'there is nothing of it');
    return { how, text: out, cut };
  }

  async file(path: string): Promise<Piece> {
    const { text, cut } = await this.#access.read(path, this.#limit);
    return { how: shellWords(['cat', path]), text, cut };
  }

  list(path: string): Promise<readonly string[]> {
    return this.#access.list(path, this.#limit);
  }

  /** The first that is there. @throws NotGathered none is: why not, of each */
  async first(...ways: readonly (() => Promise<Piece>)[]): Promise<Piece> {
    const why: string[] = [];
    for (const way of ways) {
      try {
        return await way();
      } catch (error) {
        if (!(error instanceof NotGathered)) throw error;
        why.push(error.message);
      }
    }
    throw new NotGathered([...new Set(why)].join('; '));
  }
}

/** A command as a message names it: its subject, not all of its words. */
function name(argv: readonly string[]): string {
  const short = shellWords(argv.slice(0, 4));
  return short.length > 60 ? (argv[0] ?? '') : short;
}
