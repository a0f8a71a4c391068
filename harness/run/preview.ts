import { noWayTo } from '../host/drivers.ts';
import type { Host } from '../host/host.ts';
import type { Cell, HostFile } from '../scenario/cell.ts';
import { messageOf } from '../text/message-of.ts';

/** What a run of one cell would start. */
export interface CellPreview {
  readonly cell: Cell;
  /** One line a boot's process; empty where it cannot be told, then `why` says why not. */
  readonly command: readonly string[];
  /** What of the config the host cannot honour. */
  readonly notHonoured: readonly string[];
  readonly why: string | null;
}

/** Asks each cell's host what a run would start. Starts nothing; a host that cannot say is no exception. */
export async function previewCells(
  cells: readonly Cell[],
  openHost: (host: HostFile) => Promise<Host | null>,
): Promise<readonly CellPreview[]> {
  const hosts = new Map<string, Promise<Host | null>>();
  const previews: CellPreview[] = [];
  for (const cell of cells) {
    const opened = hosts.get(cell.host.id) ?? openHost(cell.host);
    hosts.set(cell.host.id, opened);
    previews.push(await previewCell(cell, opened));
  }
  return previews;
}

async function previewCell(cell: Cell, opened: Promise<Host | null>): Promise<CellPreview> {
  const unknown = (why: string): CellPreview => ({ cell, command: [], notHonoured: [], why });
  try {
    const host = await opened;
    if (host === null) return unknown(noWayTo(cell.host));
    return { cell, ...(await host.preview(cell)), why: null };
  } catch (error) {
    return unknown(messageOf(error));
  }
}
