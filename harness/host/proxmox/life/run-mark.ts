/** Names and marks of what a run makes on a node: by them alone a later process knows it again, and nothing else. */

/** Eight hex digits that name a run on a node; the whole id stays in its trace. */
export type RunMark = string;

const MARK = /^[0-9a-f]{8}$/;
const LINE = /^Made by code43 for run ([0-9a-f]{8}); it is destroyed after it\.$/m;

/** The name of a run's clone. */
export function cloneName(mark: RunMark): string {
  return `code43-${checked(mark)}`;
}

/** Proxmox VE wants a letter first and at least two characters. */
export function snapshotName(mark: RunMark): string {
  return `code43_${checked(mark)}`;
}

/** What stands in the description of a clone or a snapshot of a run. */
export function markLine(mark: RunMark): string {
  return `Made by code43 for run ${checked(mark)}; it is destroyed after it.`;
}

/** Whose a description says something is; null: not ours. */
export function markOf(description: string): RunMark | null {
  return LINE.exec(description)?.[1] ?? null;
}

/** A clone of ours has both: the name and the line. */
export function isClone(name: string, description: string): boolean {
  const mark = markOf(description);
  return mark !== null && name === cloneName(mark);
}

/** A snapshot of ours has both: the name and the line. */
export function isSnapshot(name: string, description: string): boolean {
  const mark = markOf(description);
  return mark !== null && name === snapshotName(mark);
}

/** Whether a text, such as a lease's word of its run, is a mark. */
export function isMark(text: string): boolean {
  return MARK.test(text);
}

function checked(mark: RunMark): RunMark {
  if (!isMark(mark)) throw new RangeError(`no mark of a run: ${JSON.stringify(mark.slice(0, 40))}`);
  return mark;
}
