import type { HostAccess } from './access.ts';
import { collectionFiles } from './collection-files.ts';
import type { Collector } from './collector.ts';
import { COLLECTORS } from './collectors.ts';
import { findVm } from './find-vm.ts';
import { gather, type Gathered } from './gather.ts';
import { createHider } from './hide-identities.ts';
import { namesOfHost } from './names-of-host.ts';
import type { ArchiveFile } from './tar.ts';

export interface CollectOptions {
  /** Null: the only VM that gets a device, where there is one. */
  readonly vmid: number | null;
  readonly version: string;
  /** Names to hide beside those of the host: how it was reached. */
  readonly names?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onStep?: (collector: Collector, step: number, steps: number) => void;
}

export interface Collected {
  readonly gathered: Gathered;
  readonly files: readonly ArchiveFile[];
  /** Why it is this VM, or none. */
  readonly vmFound: string;
}

/** Gathers everything that a diagnosis may need from one host, changing nothing there; identities are replaced. */
export async function collect(access: HostAccess, options: CollectOptions): Promise<Collected> {
  const { version, signal, onStep } = options;
  const { vmid, why } = await vmOf(access, options.vmid);
  const hide = createHider([...(options.names ?? []), ...(await namesOfHost(access))]);
  const gathered = await gather(access, COLLECTORS, {
    vmid,
    ...(signal === undefined ? {} : { signal }),
    ...(onStep === undefined ? {} : { onStep }),
  });
  return { gathered, files: collectionFiles(gathered, hide, { version, vmFound: why }), vmFound: why };
}

/** The VM that was named, else the one that is meant. */
export async function vmOf(
  access: HostAccess,
  named: number | null,
): Promise<{ readonly vmid: number | null; readonly why: string }> {
  return named === null ? findVm(access) : { vmid: named, why: 'as asked' };
}
