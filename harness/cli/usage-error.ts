/** The person asked for something that cannot be: said plainly, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
