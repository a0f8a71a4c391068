import { printableLines } from '../text/printable.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** What JavaScript itself throws: nobody in this house chose its words, so it is a defect and is called one. */
const FOREIGN = [Error, TypeError, RangeError, ReferenceError, SyntaxError, URIError, EvalError].map(
  (type) => type.prototype as object,
);

/**
 * Prints an error and its chain of causes on stderr, and says which exit code it means.
 * A stack is shown only with DEBUG=code43.
 */
export function printFailure(error: unknown): ExitCode {
  const lines = describe(error, process.env['DEBUG']?.includes('code43') ?? false);
  process.stderr.write(`${lines.flatMap((line) => printableLines(line, 400, 2_000)).join('\n')}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.error;
}

/** The lines for an error: its message, then each cause, deeper by one step. */
export function describe(error: unknown, withStack: boolean): readonly string[] {
  const lines = chainOf(error).map((link, depth) =>
    depth === 0 ? `code43: ${messageOf(link)}` : `${'  '.repeat(depth)}because: ${messageOf(link)}`,
  );
  if (withStack && error instanceof Error) return [...lines, error.stack ?? ''];
  return isForeign(error)
    ? [...lines, 'This is a defect of code43; DEBUG=code43 shows where it happened.']
    : lines;
}

function chainOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined && chain.length < 8; link = causeOf(link)) chain.push(link);
  return chain;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}

function isForeign(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  // Node's own errors (ENOENT and the like) carry a code and speak of the system, not of a defect.
  return !('code' in error) && FOREIGN.includes(Object.getPrototypeOf(error) as object);
}
