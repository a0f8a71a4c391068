/** The words of whatever was thrown, without its causes. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
