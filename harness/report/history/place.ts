import type { HistoryLine } from './line.ts';

/**
 * Where a run's line stands below the folder of all results: `<host>/<yyyy-mm>.jsonl` by the month it began in, UTC.
 * What nobody dated, as a reporter's statement, stands in `<host>/undated.jsonl`.
 *
 * @param host id of the host's file, or its name; only letters, digits and dashes of it get into the path
 */
export function placeOf(host: string, { started }: Pick<HistoryLine, 'started'>): string {
  return `${folderOf(host)}/${started === null ? 'undated' : started.slice(0, 7)}.jsonl`;
}

function folderOf(host: string): string {
  const plain = host
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return plain === '' ? 'unnamed' : plain;
}
