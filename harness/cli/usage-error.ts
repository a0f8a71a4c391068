/** The person asked for something that cannot be: said plainly, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type ErrorClass = new (...words: never[]) => Error;

/** Awaits the work; errors of these kinds mean that the person named something that is not there. */
export async function asUsage<T>(work: Promise<T>, ...kinds: readonly ErrorClass[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && kinds.some((kind) => error instanceof kind)) {
      throw new UsageError(error.message, { cause: error.cause });
    }
    throw error;
  }
}
