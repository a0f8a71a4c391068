/** What an error says, as a program in Perl would put it where the system refused something. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' ? 'No space left on device' : error.message;
}
