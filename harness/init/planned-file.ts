/** A file as it is to be. */
export interface PlannedFile {
  readonly role: 'host' | 'owner' | 'scenario';
  /** Absolute. */
  readonly path: string;
  /** Null: it is not there yet. */
  readonly before: string | null;
  readonly after: string;
}

/** `kept`: it is there, and its owner's to change. */
export type FileState = 'new' | 'changed' | 'same' | 'kept';

export function stateOf({ role, before, after }: PlannedFile): FileState {
  if (before === null) return 'new';
  if (role === 'scenario') return 'kept';
  return before === after ? 'same' : 'changed';
}
